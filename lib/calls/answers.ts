/** What the methods make of the answers of libvirt's functions: the `read` of a call. */

/** For functions whose answer says only that they have succeeded. */
export function nothing(): void {
  // There is nothing to read.
}

/** For functions that answer a question: 1 is yes. */
export function yesOrNo(answer: number): boolean {
  return answer === 1;
}

/** For answers that need no change: a number of at most 32 bits, a text, a Buffer, a list of texts. */
export function asIs<Answer>(answer: Answer): Answer {
  return answer;
}

/**
 * An integer of 64 bits, for values that stay small enough in practice.
 * @throws {RangeError} when JavaScript's numbers don't have it: no digit is lost silently.
 */
export function exactNumber(value: number | bigint): number {
  if (typeof value === 'number') return value;
  throw new RangeError(`${value} is too great for a number`);
}

/** An integer of 64 bits, for values that can pass 2^53. */
export function toBigInt(value: number | bigint): bigint {
  return BigInt(value);
}

/** Makes the `read` for numbers that stand for words. A number that is newer than this library is 'unknown'. */
export function wordOf<Word extends string>(words: readonly Word[]): (answer: number) => Word | 'unknown' {
  return (answer) => words[answer] ?? 'unknown';
}
