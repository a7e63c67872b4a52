import { ready, type RawStream } from './raw-stream.js';

/** Who hears that a stream is ready. */
export interface ReadinessObserver {
  /** A read brings something: bytes, the end or an error. */
  readonly readable: (isEnd: boolean) => void;
  /** A write takes something, or meets the end or an error. */
  readonly writable: () => void;
  readonly failed: (error: Error) => void;
}

/** What a stream is awaited for. Each is told once, and can be awaited again then. */
export class Readiness {
  readonly #raw: RawStream;
  readonly #observer: ReadinessObserver;
  #awaited = 0;

  constructor(raw: RawStream, observer: ReadinessObserver) {
    this.#raw = raw;
    this.#observer = observer;
    raw.onReady = (events) => {
      this.#note(events);
    };
  }

  /** It may be told before this resolves. */
  async await(events: number): Promise<void> {
    this.#awaited |= events;
    await this.#raw.await(this.#awaited);
  }

  /** The end and an error of the stream count as ready for all: the next read or write meets them. */
  #note(events: number): void {
    const isEnd = (events & ~(ready.readable | ready.writable)) !== 0;
    const isReady = (what: number) => (this.#awaited & what) !== 0 && (isEnd || (events & what) !== 0);
    const [reads, writes] = [isReady(ready.readable), isReady(ready.writable)];
    if (reads) this.#awaited &= ~ready.readable;
    if (writes) this.#awaited &= ~ready.writable;
    if (this.#awaited !== 0) this.#raw.await(this.#awaited).catch(this.#observer.failed);
    if (reads) this.#observer.readable(isEnd);
    if (writes) this.#observer.writable();
  }
}
