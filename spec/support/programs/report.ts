/** For the scripts of spec/fixtures/: passes a value to `reportOf`. A script may call this once. */
export function report(value: unknown): void {
  process.stdout.write(JSON.stringify(value) + '\n');
}

/** The error of `action` in a form that can be reported: name, code and message. Null when `action` succeeds. */
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
