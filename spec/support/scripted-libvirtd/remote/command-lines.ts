/** A command as it goes over the pipe, and what comes back. */
export interface CommandLine {
  readonly id: number;
  readonly command: string;
  readonly arguments: readonly unknown[];
}
export type AnswerLine = { readonly id: number } & (
  { readonly result: unknown } | { readonly error: string }
);
