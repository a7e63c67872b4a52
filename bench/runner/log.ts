/** Prints progress to stderr. */
export function log(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}
