import { expect } from 'chai';

/** What a promise is rejected with; throws when it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`expected a rejection, got ${String(value)}`);
}

/** Each promise has to be rejected with an error of the type, whose message has these words. */
export async function expectRejections(
  all: readonly (readonly [promise: Promise<unknown>, type: ErrorConstructor, words: string])[],
): Promise<void> {
  for (const [promise, type, words] of all)
    expect(await rejection(promise))
      .to.be.instanceOf(type)
      .with.property('message')
      .that.includes(words);
}
