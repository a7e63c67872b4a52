/**
 * As `task`, and rejects with the signal's reason when that comes first.
 * @param discard Called with what `task` resolves with after that.
 */
export async function abortable<T>(
  task: Promise<T>,
  signal: AbortSignal | undefined,
  discard: (late: T) => Promise<unknown>,
): Promise<T> {
  if (signal === undefined) return task;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      task.then(discard).catch(() => undefined);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([task, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
