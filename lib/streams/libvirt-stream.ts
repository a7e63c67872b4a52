import { Duplex, type DuplexOptions } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { merge, Subject, Subscription, take, type Observable } from 'rxjs';
import type { ConnectionState } from '../connection-state.js';
import { ready, state, type RawStream } from './raw-stream.js';
import { Readiness } from './readiness.js';
import { StreamWriter } from './stream-writer.js';

/** How far a stream is. */
export interface StreamProgress {
  /** How many bytes were read or written until now, with those of holes. */
  readonly bytes: number;
  /** How many bytes there are; null when that is not known. */
  readonly totalBytes: number | null;
}

/** What a stream is for. */
export interface StreamUse {
  readonly readable: boolean;
  readonly writable: boolean;
  /** How many bytes wait for the reader, or are taken from the writer, before the other side has to wait; Node's default unless given. */
  readonly highWaterMark?: number;
  /** Whether blocks of zeros are sent as holes. */
  readonly sparse?: boolean;
  /** Where it has to end: a hole is sent for what is not written. */
  readonly endBytes?: number;
  readonly totalBytes?: number;
}

/** How many zeros of a hole are given at once. */
const mostZeros = 1 << 18;

/**
 * One of libvirt's streams as a stream of Node: a console, a channel, the content of a volume, a screenshot. It has a
 * connection of its own to the same host, so it holds back nothing else when it is slow. Destroying it gives the transfer
 * up, and its end closes the connection. It ends with the connection that it was opened from, too, with
 * {@link ConnectionClosedError}; but consoles and channels end without an error when the program closes the connection.
 */
export class LibvirtStream extends Duplex {
  readonly #raw: RawStream;
  readonly #from: ConnectionState;
  readonly #use: StreamUse;
  readonly #readiness: Readiness;
  readonly #writer: StreamWriter;
  readonly #ends = new Subscription();
  readonly #progress = new Subject<StreamProgress>();
  #bytes = 0;
  #holeLeft = 0;
  /** Node wants more. */
  #isWanted = false;
  #isFinishing = false;
  /** It ends because the program has closed the connection that it was opened from. */
  #isLeft = false;
  #isReading = false;
  /** A read may bring something. */
  #isReadable = true;
  /** A read has met the end. There must be no other. */
  #hasEnded = false;
  #onWritable: (() => void) | undefined;

  /** @internal */
  constructor(raw: RawStream, from: ConnectionState, use: StreamUse) {
    const { readable, writable, highWaterMark } = use;
    // The types don't know some of these options of Node.
    super({ readable, writable, highWaterMark, allowHalfOpen: false } as DuplexOptions);
    this.#raw = raw;
    this.#from = from;
    this.#use = use;
    const failed = (error: Error) => {
      this.destroy(error);
    };
    this.#readiness = new Readiness(raw, {
      readable: (isEnd) => {
        this.#noteReadable(isEnd);
      },
      writable: () => this.#onWritable?.(),
      failed,
    });
    this.#writer = new StreamWriter({
      raw,
      isSparse: use.sparse === true,
      mostBytes: use.totalBytes ?? Infinity,
      check: () => {
        this.#check();
      },
      untilWritable: () => this.#untilWritable(),
      note: (bytes) => {
        this.#note(bytes);
      },
    });
    // Nobody has asked for what comes first: then the host waits, see #noteReadable.
    if (readable) this.#readiness.await(ready.readable).catch(failed);
    // A connection that is closed already tells it at once. Then the stream is destroyed before this returns.
    const ends = merge(from.closed, raw.connection.closed)
      .pipe(take(1))
      .subscribe(({ reason }) => {
        // A console that the program closes with its connection lacks nothing. Other streams have an end.
        if (reason === 'client' && readable && writable && this.writableLength === 0) this.#leave();
        else if (raw.connection.isOpen) this.destroy(from.closedError());
        else void this.#endWithLoss();
      });
    this.#ends.add(ends);
  }

  /** Emits after each part that was read or written. Completes when the stream has ended or was destroyed. */
  get progress(): Observable<StreamProgress> {
    return this.#progress.asObservable();
  }

  /** @internal */
  override _read(): void {
    this.#isWanted = true;
    this.#raw.allowReading(true);
    void this.#receive();
  }

  /** @internal */
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#settle(this.#writer.send([chunk]), done);
  }

  /** @internal */
  override _writev(chunks: readonly { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#settle(this.#writer.send(chunks.map(({ chunk }) => chunk)), done);
  }

  /** @internal */
  override _final(done: (error?: Error | null) => void): void {
    if (this.#isLeft) {
      done();
      return;
    }
    // That ends both directions.
    this.#isFinishing = true;
    this.#finish().then(() => {
      if (this.#use.readable && !this.readableEnded) this.push(null);
      done();
    }, done);
  }

  /** @internal */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#ends.unsubscribe();
    this.#onWritable?.();
    this.#progress.complete();
    this.#raw.close().then(
      () => {
        done(error);
      },
      (reason: unknown) => {
        done(error ?? (reason as Error));
      },
    );
  }

  /** A call under way may fail with more than the loss: with why the host has ended the stream. */
  async #endWithLoss(): Promise<void> {
    await this.#raw.answered();
    await setImmediate(); // whoever waits for the call comes first
    this.destroy(this.#raw.connection.closedError());
  }

  #leave(): void {
    this.#isLeft = true;
    // Nobody would hear the end of a stream that nobody reads.
    if (this.readableFlowing === null || this.#hasEnded || this.#isFinishing) {
      this.destroy();
      return;
    }
    void this.#raw.close();
    this.push(null);
  }

  #settle(written: Promise<void>, done: (error?: Error | null) => void): void {
    written.then(
      () => {
        done();
      },
      (error: unknown) => {
        done(error as Error);
      },
    );
  }

  async #finish(): Promise<void> {
    const left = (this.#use.endBytes ?? 0) - this.#bytes;
    if (left > 0) await this.#raw.sendHole(left);
    await this.#raw.finish();
  }

  /** @param isForced Whether one read is to be made although nobody wants it: it meets the end. */
  async #receive(isForced = false): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    let isToRead = isForced;
    try {
      // Between the last look at these and the end nothing else may run: _read() begins nothing until then.
      while (this.#canRead() && (this.#isWanted || isToRead)) {
        isToRead = false;
        await this.#receiveOnce();
      }
    } catch (error) {
      if (!this.#isOver) this.destroy(error as Error);
    } finally {
      this.#isReading = false;
    }
  }

  #canRead(): boolean {
    return !this.destroyed && !this.#isOver && !this.#hasEnded && this.#isReadable;
  }

  get #isOver(): boolean {
    return this.#isFinishing || this.#isLeft;
  }

  async #receiveOnce(): Promise<void> {
    if (this.#holeLeft > 0) {
      const bytes = Buffer.alloc(Math.min(this.#holeLeft, mostZeros));
      this.#holeLeft -= bytes.length;
      this.#give(bytes);
      // Nothing is waited for in a hole, and others have to get their turn.
      await setImmediate();
      return;
    }
    const [bytes, after] = await this.#raw.receive();
    if (bytes.length > 0 && !this.#isOver) this.#give(bytes);
    if (after === state.hasHole) this.#holeLeft = await this.#raw.receiveHole();
    if (this.#isOver) return;
    if (after === state.hasEnded) {
      this.#hasEnded = true;
      await this.#raw.finish();
      this.push(null);
    } else if (after === state.isEmpty) {
      this.#isReadable = false;
      // It may become ready before this call is answered.
      await this.#readiness.await(ready.readable);
    }
  }

  #give(bytes: Buffer): void {
    this.#note(bytes.length);
    this.#isWanted = false;
    if (this.push(bytes)) this.#isWanted = true;
    // Meanwhile Node may have asked for more.
    if (!this.#isWanted) this.#raw.allowReading(false);
  }

  async #untilWritable(): Promise<void> {
    const writable = new Promise<void>((resolve) => (this.#onWritable = resolve));
    await this.#readiness.await(ready.writable);
    await writable;
    this.#check();
  }

  #check(): void {
    if (this.#isLeft) throw this.#from.closedError();
    if (this.destroyed) throw this.errored ?? new Error('the stream was destroyed');
  }

  #noteReadable(isEnd: boolean): void {
    this.#isReadable = true;
    if (this.#isWanted || isEnd) void this.#receive(isEnd);
    else this.#raw.allowReading(false);
  }

  #note(bytes: number): void {
    this.#bytes += bytes;
    if (this.#progress.observed)
      this.#progress.next({ bytes: this.#bytes, totalBytes: this.#use.totalBytes ?? null });
  }
}
