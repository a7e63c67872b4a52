// Main gives the loop up and has it again at once. A watch of libvirt's is removed before the loop has freed what it
// had to forget. Prints how many watches it has in the end.
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Connection, event, RxEventImpl } from '../../../lib/index.js';
import { specNative } from '../spec-native.js';

/** Calls `then` when the shared loop does such a thing with a watch next. */
function onNext(action: 'add' | 'remove', then: () => void): void {
  const watching = RxEventImpl.shared.activity.subscribe((step) => {
    if (step.kind !== 'handle' || step.action !== action) return;
    watching.unsubscribe();
    then();
  });
}

const connection = await Connection.open('test:///default');
if (isMainThread) {
  const isOver = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), { workerData: isOver });
  await once(worker, 'message'); // has a connection, and is about to stand still: it takes no loop over
  const [fd] = specNative.pipe();
  const added = new Promise<void>((resolve) => {
    onNext('add', resolve);
  });
  const watch = specNative.addSource(0, fd, event.HANDLE_READABLE, false);
  await added;
  const regained = new Promise<void>((resolve) => {
    onNext('remove', () => {
      onNext('add', () => {
        specNative.removeSource(watch, true);
        resolve();
      });
      queueMicrotask(() => void Connection.open('test:///default'));
    });
  });
  await connection.close();
  await regained;
  for (let i = 0; i < 5; i++) await turn();
  console.log(JSON.stringify(RxEventImpl.shared.stats().handles));
  Atomics.store(isOver, 0, 1);
  Atomics.notify(isOver, 0);
  await once(worker, 'exit');
  process.exit();
} else {
  parentPort?.postMessage('opened');
  await turn();
  Atomics.wait(workerData as Int32Array, 0, 0);
  await connection.close();
}
