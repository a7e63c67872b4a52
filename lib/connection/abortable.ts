/**
 * As `task`, and rejects with the signal's reason when that comes first.
 * @param abandon Called then; `task` may do what it wants after that.
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
    // It may have aborted since the task was done, and `abandon` with it.
    signal.throwIfAborted();
    return value;
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
