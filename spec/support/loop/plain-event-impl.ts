import { clearInterval, setImmediate, setInterval } from 'node:timers';
import {
  EventImpl,
  fromFd,
  type FreeCallback,
  type HandleCallback,
  type Opaque,
  type TimeoutCallback,
} from '../../../lib/index.js';

interface Source {
  /** Stops the timer or the subscription of the source. */
  stop: () => void;
  readonly start: (wanted: number) => () => void;
  readonly free: FreeCallback;
  readonly opaque: Opaque;
}

const idle = (): void => {};

/**
 * An event loop as a user would write one: plain callbacks over Node's timers, and one subscription to `fromFd`
 * for each watch. It shares only the contract with `RxEventImpl`.
 */
export class PlainEventImpl extends EventImpl {
  readonly #watches = new Sources();
  readonly #timers = new Sources();

  override addHandle(
    fd: number,
    events: number,
    callback: HandleCallback,
    opaque: Opaque,
    free: FreeCallback,
  ): number {
    const start = (mask: number) => (watch: number) => {
      const subscription = fromFd(fd, mask).subscribe((ready) => {
        this.runHandleCallback(watch, fd, ready, callback, opaque);
      });
      return () => subscription.unsubscribe();
    };
    return this.#watches.add((watch, mask) => (mask === 0 ? idle : start(mask)(watch)), events, free, opaque);
  }

  override updateHandle(watch: number, events: number): void {
    this.#watches.update(watch, events);
  }

  override removeHandle(watch: number): 0 | -1 {
    return this.#watches.remove(watch, (free, opaque) => this.freeCallbackOpaque(free, opaque));
  }

  override addTimeout(
    frequency: number,
    callback: TimeoutCallback,
    opaque: Opaque,
    free: FreeCallback,
  ): number {
    const start = (timer: number, wantedMs: number): (() => void) => {
      const call = (): void => this.runTimeoutCallback(timer, callback, opaque);
      if (wantedMs < 0) return idle;
      if (wantedMs === 0) return eachTurn(call);
      const interval = setInterval(call, wantedMs);
      return () => clearInterval(interval);
    };
    return this.#timers.add(start, frequency, free, opaque);
  }

  override updateTimeout(timer: number, frequency: number): void {
    this.#timers.update(timer, frequency);
  }

  override removeTimeout(timer: number): 0 | -1 {
    return this.#timers.remove(timer, (free, opaque) => this.freeCallbackOpaque(free, opaque));
  }
}

class Sources {
  readonly #sources = new Map<number, Source>();
  #lastId = 0;

  add(
    start: (id: number, wanted: number) => () => void,
    wanted: number,
    free: FreeCallback,
    opaque: Opaque,
  ): number {
    const id = ++this.#lastId;
    const source: Source = { stop: idle, start: (now) => start(id, now), free, opaque };
    this.#sources.set(id, source);
    source.stop = source.start(wanted);
    return id;
  }

  update(id: number, wanted: number): void {
    const source = this.#sources.get(id);
    if (source === undefined) return;
    source.stop();
    source.stop = source.start(wanted);
  }

  remove(id: number, freeOpaque: (free: FreeCallback, opaque: Opaque) => void): 0 | -1 {
    const source = this.#sources.get(id);
    if (source === undefined) return -1;
    source.stop();
    this.#sources.delete(id);
    setImmediate(() => freeOpaque(source.free, source.opaque));
    return 0;
  }
}

function eachTurn(call: () => void): () => void {
  let isStopped = false;
  const turn = (): void => {
    if (isStopped) return;
    setImmediate(turn);
    call();
  };
  setImmediate(turn);
  return () => (isStopped = true);
}
