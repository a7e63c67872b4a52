// A fake clock of tests doesn't have it.
import { performance } from 'node:perf_hooks';
import { firstValueFrom } from 'rxjs';
import { asIs, exactNumber, nothing } from '../calls/answers.js';
import { call, type CallTarget, type Read } from '../calls/call.js';
import type { AnotherConnection, ConnectionState } from '../connection-state.js';
import {
  native,
  type CallArgument,
  type FoundObject,
  type LibvirtFunction,
  type LocalFileHandle,
  type StreamHandle,
} from '../native.js';
import { addRoute, removeRoute } from '../native/receivers.js';
import { reasonOf } from './reason-of.js';

/** libvirt's virStreamEventType. */
export const ready = { readable: 1, writable: 2 } as const;

/** How a stream is after a read; see StreamState in addon/calls/odd_calls.h. */
export const state = { hasMore: 0, isEmpty: 1, hasEnded: 2, hasHole: 3 } as const;

/** libvirt's VIR_STREAM_NONBLOCK and VIR_STREAM_RECV_STOP_AT_HOLE. */
const nonBlocking = 1;
const stopAtHole = 1;

/** How much a read and a write take: some messages of libvirt's protocol, each of which has up to 256 KiB. */
export const mostBytes = 1 << 20;

/** How long a stream that is given up waits for the host. Nothing of it is of use any more. */
const closingMs = 1000;

/** What a read brings, and how the stream is then: one of {@link state}. */
export type Received = readonly [bytes: Buffer, state: number];

/** How much went into a file or came from it, and how the other side is then. An `errno` that is not 0 is the file's. */
export type FilePartDone = readonly [bytes: number, state: number, errno: number];

/** Which part of a file to send. */
export interface FilePart {
  readonly offset: number;
  readonly mostBytes: number;
  /** Whether holes of the file are sent as holes. Otherwise zeros are sent. */
  readonly sendsHoles: boolean;
}

/**
 * How a stream waits for the host. A console can be silent for days: the loop reads its socket, and reports when the stream
 * is ready. A volume always has more: each read or write is a call that waits, which is faster. Only the calls read the
 * socket of a download; an upload has pauses, in which the loop reads it. Without a socket such a call could not be ended.
 */
export type Waiting = 'for the loop' | 'in reads' | 'in writes';

/** After a pause of so many milliseconds the answer to keepalive may be unread. Keepalive asks once a second at most. */
const pauseMs = 500;

/**
 * One of libvirt's streams. It has a connection of its own: a reader that is slow stops the reading of that
 * connection's socket, and then the host waits. On a connection for other things too, events and calls would wait.
 */
export class RawStream {
  readonly #connection: AnotherConnection;
  readonly #target: CallTarget;
  readonly #token: number;
  readonly #waiting: Waiting;
  #isFinished = false;
  #mayRead = true;
  #ahead: Promise<Received> | undefined;
  #readAtMs = performance.now();
  readonly #underWay = new Set<Promise<unknown>>();
  /** Called when the stream is ready, with what for. */
  onReady: (events: number) => void = () => undefined;

  /**
   * Opens a connection and a stream.
   * @param from The connection that the object belongs to.
   * @param title How messages name the stream.
   * @param begin Calls the function that uses the stream.
   * @param wanted How it waits for the host, if that has a socket.
   */
  static async open<Result>(
    from: ConnectionState,
    title: string,
    begin: (connection: ConnectionState, stream: StreamHandle) => Promise<Result>,
    wanted: Waiting,
    signal: AbortSignal,
  ): Promise<{ readonly raw: RawStream; readonly result: Result }> {
    from.assertOpen();
    const connection = await from.openAnother(signal);
    // The calls below end when it is closed.
    const close = () => void connection.close({ timeout: closingMs });
    signal.addEventListener('abort', close);
    let raw: RawStream | undefined;
    try {
      const target = { connection: connection.state, handle: connection.state.handle, title };
      const waiting = native().hasSocket(connection.state.handle) ? wanted : 'for the loop';
      const flags = waiting === 'for the loop' ? nonBlocking : 0;
      const found = await call(target, 'virStreamNew', 'opened', asIs<FoundObject<StreamHandle>>, [flags]);
      if (waiting === 'in reads') native().allowReading(connection.state.handle, false);
      const result = await begin(connection.state, found.handle);
      raw = new RawStream(connection, { ...target, handle: found.handle }, waiting);
      if (waiting === 'for the loop') await native().watchStream(found.handle, raw.#token);
      return { raw, result };
    } catch (error) {
      await (raw === undefined ? connection.close({ timeout: closingMs }) : raw.close());
      throw error;
    } finally {
      signal.removeEventListener('abort', close);
    }
  }

  private constructor(connection: AnotherConnection, target: CallTarget, waiting: Waiting) {
    this.#connection = connection;
    this.#target = target;
    this.#waiting = waiting;
    this.#token = addRoute((payload) => {
      this.onReady(payload.number());
    });
  }

  get waitsInCalls(): boolean {
    return this.#waiting !== 'for the loop';
  }

  /** The state of its own connection. */
  get connection(): ConnectionState {
    return this.#connection.state;
  }

  /**
   * Reads what has come (virStreamRecvFlags). Where reads wait in calls, each is followed by another, so that the host need
   * not wait for JavaScript.
   */
  async receive(): Promise<Received> {
    this.#catchUp();
    const read = this.#ahead ?? this.#receive();
    this.#ahead = this.waitsInCalls ? this.#receive() : undefined;
    this.#ahead?.catch(nothing); // it fails when it is asked for
    const received = await read;
    this.#readAtMs = performance.now();
    // A second read meets the same hole or end.
    if (received[1] !== state.hasMore) this.#ahead = undefined;
    return received;
  }

  /** After a pause the answer to keepalive may be unread. */
  #catchUp(): void {
    if (this.#waiting === 'in reads' && performance.now() - this.#readAtMs > pauseMs)
      native().readBeforeCalls(this.connection.handle);
  }

  #receive(): Promise<Received> {
    return this.#call('virStreamRecvFlags', 'read', asIs<Received>, [mostBytes, stopAtHole]);
  }

  /** Writes what comes into a file, for a moment (virStreamRecvFlags, virStreamRecvHole). */
  async receiveIntoFile(file: LocalFileHandle, offset: number): Promise<FilePartDone> {
    this.#catchUp();
    // Whether the file or the host was slow is not known. So the time counts from here.
    this.#readAtMs = performance.now();
    return this.#call('virStreamSparseRecvAll', 'read', asIs<FilePartDone>, [file, offset]);
  }

  /** Sends what a file has, for a moment (virStreamSend, virStreamSendHole). */
  sendFromFile(file: LocalFileHandle, { offset, mostBytes, sendsHoles }: FilePart): Promise<FilePartDone> {
    const args = [file, offset, mostBytes, sendsHoles ? 1 : 0];
    return this.#call('virStreamSparseSendAll', 'written', asIs<FilePartDone>, args);
  }

  /** The length of the hole that comes next (virStreamRecvHole). */
  receiveHole(): Promise<number> {
    return this.#call('virStreamRecvHole', 'read', exactNumber, [0]);
  }

  /** Writes, and resolves with how many bytes were taken (virStreamSend). */
  send(bytes: Uint8Array): Promise<number> {
    return this.#call('virStreamSend', 'written', asIs<number>, [bytes.subarray(0, mostBytes)]);
  }

  /** Writes a hole (virStreamSendHole). */
  sendHole(length: number): Promise<void> {
    return this.#call('virStreamSendHole', 'written', nothing, [length, 0]);
  }

  /** Reports the next time that it is ready for one of these (virStreamEventUpdateCallback). */
  async await(events: number): Promise<void> {
    if (!this.waitsInCalls) await this.#call('virStreamEventUpdateCallback', 'awaited', nothing, [events]);
  }

  /** Resolves when it is ready for one of these, or when its connection has ended, which the next call tells. */
  async untilReady(events: number): Promise<void> {
    const isReady = new Promise<unknown>((resolve) => (this.onReady = resolve));
    await this.await(events);
    await Promise.race([isReady, firstValueFrom(this.connection.closed)]);
  }

  /** Lets the host send, or wait. Where reads wait in calls, the host waits while there is none. */
  allowReading(mayRead: boolean): void {
    if (this.#mayRead === mayRead || this.waitsInCalls || !this.connection.isOpen) return;
    this.#mayRead = mayRead;
    native().allowReading(this.connection.handle, mayRead);
  }

  /** Resolves when all that was written has arrived (virStreamFinish). */
  async finish(): Promise<void> {
    if (this.#isFinished) return;
    this.#isFinished = true;
    await this.#call('virStreamFinish', 'finished', nothing, []);
  }

  /** Resolves when all calls under way are answered. When the connection is lost, one of them may know why. */
  async answered(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** Gives it up if it isn't finished (virStreamAbort), and closes its connection. */
  async close(): Promise<void> {
    const until = performance.now() + closingMs;
    this.onReady = () => undefined;
    if (!this.#isFinished && this.connection.isOpen) {
      this.#isFinished = true;
      // The host may be gone, or be done: then there is nothing to give up.
      // A call that hangs keeps it waiting: then the close of the connection ends both.
      await call(this.#target, 'virStreamAbort', 'given up', nothing, [], { timeout: closingMs }).catch(
        nothing,
      );
    }
    await this.#connection.close({ timeout: Math.max(0, Math.round(until - performance.now())) });
    removeRoute(this.#token);
  }

  async #call<Result>(
    name: LibvirtFunction,
    participle: string,
    read: Read<Result>,
    args: readonly CallArgument[],
  ): Promise<Result> {
    const answer = call(this.#target, name, participle, read, args);
    this.#underWay.add(answer);
    try {
      return await answer;
    } catch (error) {
      throw await reasonOf(error, this.connection);
    } finally {
      this.#underWay.delete(answer);
    }
  }
}
