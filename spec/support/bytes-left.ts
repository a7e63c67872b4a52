import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { specNative } from '../native/spec-native.js';

/**
 * How many bytes of V8's heap each cycle leaves behind, on average.
 * @param run Runs so many cycles. A tenth of them run before the first measurement, so that memory that is taken only
 * once is not counted.
 */
export async function bytesLeftByCycle(
  cycles: number,
  run: (cycles: number) => Promise<void> | void,
): Promise<number> {
  await run(cycles / 10);
  const before = await usedBytes();
  await run(cycles);
  return ((await usedBytes()) - before) / cycles;
}

/**
 * Like {@link bytesLeftByCycle}, for memory that C and C++ code takes. All cycles run before the first measurement.
 * V8's own threads take memory for a while too. They don't in every round, but a leak shows in every round.
 */
export async function nativeBytesLeftByCycle(
  cycles: number,
  run: (cycles: number) => Promise<void> | void,
): Promise<number> {
  await run(cycles);
  const left: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = await settledNativeBytes();
    await run(cycles);
    left.push(((await settledNativeBytes()) - before) / cycles);
  }
  return Math.min(...left);
}

/** What JavaScript has dropped is released on a thread of its own, which nothing tells of. */
async function settledNativeBytes(): Promise<number> {
  await usedBytes();
  let bytes = specNative.nativeBytes();
  for (let round = 0; round < 50; round++) {
    await sleep(20);
    const before = bytes;
    bytes = specNative.nativeBytes();
    if (bytes === before) break;
  }
  return bytes;
}

async function usedBytes(): Promise<number> {
  if (gc === undefined) throw new Error('run with --expose-gc');
  // Memory that is released later, such as by a free callback or a finalizer, is released between two rounds.
  for (let round = 0; round < 3; round++) {
    for (let turn = 0; turn < 3; turn++) await nextTurn();
    gc();
  }
  return process.memoryUsage().heapUsed;
}
