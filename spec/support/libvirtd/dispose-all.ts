/** For `after`: disposes of what there is, one after the other. Where `before` was skipped or failed, some is missing. */
export async function disposeAll(...things: readonly (AsyncDisposable | undefined)[]): Promise<void> {
  for (const thing of things) await thing?.[Symbol.asyncDispose]();
}
