/**
 * For `after` hooks: disposes of the things one after the other. If `before` was skipped or failed, some are undefined.
 */
export async function disposeAll(...things: readonly (AsyncDisposable | undefined)[]): Promise<void> {
  for (const thing of things) await thing?.[Symbol.asyncDispose]();
}
