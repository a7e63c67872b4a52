import type { Subscription } from 'rxjs';
import { abortable } from '../calls/abortable.js';
import type { CallOptions } from '../calls/call-options.js';
import type { ConnectionState } from '../connection-state.js';
import type { LibvirtFunction, StreamHandle } from '../native.js';
import { LibvirtStream, type StreamUse } from './libvirt-stream.js';
import { RawStream, type Waiting } from './raw-stream.js';
import { reasonOf } from './reason-of.js';

/** What to open. */
export interface RawStreamRequest<Result> {
  /** The connection that the object belongs to. */
  readonly from: ConnectionState;
  /** How messages name the stream. */
  readonly title: string;
  /** The function that uses it, for messages. */
  readonly call: LibvirtFunction;
  /** Calls that function, on another connection. */
  readonly begin: (connection: ConnectionState, stream: StreamHandle) => Promise<Result>;
  readonly waiting: Waiting;
}

/** What to open as a stream of Node. */
export interface StreamRequest<Result> extends RawStreamRequest<Result> {
  /** What the stream is for, when that function has been called. */
  readonly use: (result: Result) => StreamUse;
}

/** What aborts when this connection ends, with its end as the reason, until `ending` is unsubscribed. */
export function abortingWith(from: ConnectionState): {
  readonly aborting: AbortController;
  readonly ending: Subscription;
} {
  const aborting = new AbortController();
  const ending = from.closed.subscribe(() => {
    aborting.abort(from.closedError());
  });
  return { aborting, ending };
}

/** Opens a stream on a connection of its own. One that is opened after the timeout or the abort is closed again. */
export async function openRawStream<Result>(
  { from, title, call, begin, waiting }: RawStreamRequest<Result>,
  options: CallOptions,
): Promise<{ readonly raw: RawStream; readonly result: Result }> {
  options.signal?.throwIfAborted();
  const { aborting, ending } = abortingWith(from);
  const opening = RawStream.open(from, title, begin, waiting, aborting.signal).finally(() => {
    ending.unsubscribe();
  });
  const attempt = () => `${title} can't be opened`;
  const abandon = () => {
    aborting.abort();
    opening.then(
      ({ raw }) => raw.close(),
      () => undefined,
    );
  };
  // Not the reason of the caller's own signal.
  const told = opening.catch(async (error: unknown) => {
    throw await reasonOf(error, from);
  });
  const opened = await abortable(told, options, { call, attempt, abandon });
  // It may have been closed in the moment in which the stream was open.
  if (!from.isOpen) await opened.raw.close();
  from.assertOpen();
  return opened;
}

/** As {@link openRawStream}, as a stream of Node. */
export async function openStream<Result>(
  request: StreamRequest<Result>,
  options: CallOptions,
): Promise<{ readonly stream: LibvirtStream; readonly result: Result }> {
  const { raw, result } = await openRawStream(request, options);
  return { stream: new LibvirtStream(raw, request.from, request.use(result)), result };
}
