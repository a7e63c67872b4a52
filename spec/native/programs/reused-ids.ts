import {
  event,
  EventImpl,
  type FreeCallback,
  type HandleCallback,
  type Opaque,
  type TimeoutCallback,
} from '../../../lib/index.js';
import { native } from '../../../lib/native.js';
import { until } from '../recorded-source.js';
import { specNative } from '../spec-native.js';

/** Has one watch and one timeout at a time, each of them with the same id, and calls them back at once when told. */
class ReusingImpl extends EventImpl {
  #free: () => void = () => undefined;
  call: () => void = () => undefined;

  override addHandle(
    fd: number,
    events: number,
    callback: HandleCallback,
    opaque: Opaque,
    free: FreeCallback,
  ): number {
    this.call = () => this.runHandleCallback(7, fd, events, callback, opaque);
    this.#free = () => this.freeCallbackOpaque(free, opaque);
    return 7;
  }
  override addTimeout(_: number, callback: TimeoutCallback, opaque: Opaque, free: FreeCallback): number {
    this.call = () => this.runTimeoutCallback(7, callback, opaque);
    this.#free = () => this.freeCallbackOpaque(free, opaque);
    return 7;
  }
  override updateHandle(): void {
    return;
  }
  override updateTimeout(): void {
    return;
  }
  override removeHandle(): 0 {
    setImmediate(this.#free);
    return 0;
  }
  override removeTimeout(): 0 {
    return this.removeHandle();
  }
}

const loop = new ReusingImpl();
event.register(loop);
const [fd] = specNative.pipe();
const called: string[] = [];
for (const name of ['first', 'second', 'third']) {
  const watch = event.addHandle(fd, event.HANDLE_READABLE, () => called.push(`${name} watch`));
  loop.call();
  event.removeHandle(watch);
  const timer = event.addTimeout(1, () => called.push(`${name} timeout`));
  loop.call();
  event.removeTimeout(timer);
}
const registered = (): number => {
  const { adds, frees } = native().bridgeCounts();
  return adds - frees;
};
await until(() => registered() === 0);
process.stdout.write(JSON.stringify({ called }));
