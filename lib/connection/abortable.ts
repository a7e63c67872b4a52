/**
 * Settles as `task` does, but rejects with the signal's reason if the signal aborts first.
 * @param abandon Called if the signal aborts first. The result of `task` is then ignored.
 */
export async function abortable<T>(
  task: Promise<T>,
  signal: AbortSignal | undefined,
  abandon: () => void,
): Promise<T> {
  if (signal === undefined) return task;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
      abandon();
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    const value = await Promise.race([aborted, task]);
    // The signal may have aborted after the task was done. Then `abandon` was called too.
    signal.throwIfAborted();
    return value;
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
