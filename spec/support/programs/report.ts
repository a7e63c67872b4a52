/** For the scripts of spec/fixtures/: what `reportOf` answers with. Once in a script. */
export function report(value: unknown): void {
  process.stdout.write(JSON.stringify(value) + '\n');
}

/** An error in a form that can be reported: its name, code and message, or null when `action` succeeds. */
export async function failureOf(action: () => unknown): Promise<unknown> {
  try {
    await action();
    return null;
  } catch (error) {
    if (!(error instanceof Error)) return error;
    const { name, message } = error;
    return { name, message, ...('code' in error ? { code: error.code } : {}) };
  }
}
