import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { event, RxEventImpl } from '../../../lib/index.js';
import { until } from '../recorded-source.js';
import { specNative } from '../spec-native.js';

/** Threads go on to add, update and remove while the worker that runs the loop is terminated. */
async function main(): Promise<void> {
  const worker = new Worker(new URL(import.meta.url));
  await once(worker, 'message');
  specNative.startEndlessStress(8);
  await until(() => specNative.stressState().callbacks > 1000);
  const exitCode = await worker.terminate();
  const atEnd = specNative.stressState();
  await until(() => specNative.stressState().adds > atEnd.adds + 1000);
  specNative.joinStress();
  specNative.removeStressed();
  await until(() => specNative.stressState().frees >= specNative.stressState().adds);
  const state = specNative.stressState();
  process.stdout.write(
    JSON.stringify({
      exitCode,
      callbacksAfterEnd: state.callbacks - atEnd.callbacks,
      missingFrees: state.adds - state.frees,
    }),
  );
}

if (isMainThread) {
  await main();
} else {
  event.register(RxEventImpl.shared);
  // Lives until it is terminated.
  setInterval(() => {}, 1000);
  parentPort?.postMessage('registered');
}
