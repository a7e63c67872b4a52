import { abortable } from '../calls/abortable.js';
import { nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import type { LocalFile } from './local-file.js';
import { openRawStream, type RawStreamRequest } from './open-stream.js';
import { state, type RawStream } from './raw-stream.js';

/** A transfer between a stream and a file. */
export interface FileTransfer<Result> {
  /** What messages name. */
  readonly place: Pick<RawStreamRequest<Result>, 'from' | 'title' | 'call'>;
  /** What to open when the file is open. */
  readonly requestFor: (file: LocalFile) => RawStreamRequest<Result>;
  readonly openFile: () => Promise<LocalFile>;
  /** Transfers all, and resolves with how many bytes that were. */
  readonly transfer: (raw: RawStream, file: LocalFile, result: Result) => Promise<number>;
}

/**
 * Makes the transfer. Timeout, abort and the end of the connection give it up; then it rejects when the file is not in use
 * any more.
 */
export async function transferFile<Result>(
  work: FileTransfer<Result>,
  options: CallOptions,
): Promise<number> {
  const { call, title, from } = work.place;
  options.signal?.throwIfAborted();
  from.assertOpen();
  const aborting = new AbortController();
  const ending = from.closed.subscribe(() => {
    aborting.abort(from.closedError());
  });
  const task = run(work, aborting.signal);
  const attempt = () => `${title} can't be finished`;
  const abandon = () => {
    aborting.abort();
  };
  try {
    return await abortable(task, options, { call, attempt, abandon });
  } finally {
    await task.catch(nothing);
    ending.unsubscribe();
  }
}

async function run<Result>(
  { requestFor, openFile, transfer }: FileTransfer<Result>,
  signal: AbortSignal,
): Promise<number> {
  const file = await openFile();
  let bytes: number;
  try {
    const { raw, result } = await openRawStream(requestFor(file), { signal });
    const close = () => void raw.close();
    signal.addEventListener('abort', close);
    try {
      signal.throwIfAborted();
      bytes = await transfer(raw, file, result);
      signal.throwIfAborted(); // its end may have come together with the abort
    } finally {
      signal.removeEventListener('abort', close);
      await raw.close();
    }
  } catch (error) {
    await file.discard().catch(nothing);
    throw signal.aborted ? signal.reason : error;
  }
  await file.close();
  return bytes;
}

/** Fills the file with what the stream brings. Holes stay holes. */
export async function receiveFile(
  raw: RawStream,
  file: LocalFile,
  note: (bytes: number) => void,
): Promise<number> {
  await file.clear();
  let at = 0;
  for (;;) {
    const [bytes, after, errno] = await raw.receiveIntoFile(file.fd, at);
    at += bytes;
    if (errno !== 0) throw file.error('write', errno);
    if (after === state.hasHole) at += await raw.receiveHole();
    note(at);
    if (after === state.hasEnded) break;
  }
  await raw.finish();
  await file.resize(at);
  return at;
}

/** Which part of a file to send. */
export interface SendOptions {
  readonly mostBytes: number;
  readonly sparse: boolean;
  /** Where it has to end: a hole is sent for what the file doesn't have. */
  readonly endBytes: number;
}

/** Sends the file, and resolves with how much that was. */
export async function sendFile(
  raw: RawStream,
  file: LocalFile,
  { mostBytes, sparse, endBytes }: SendOptions,
  note: (bytes: number) => void,
): Promise<number> {
  const knowsHoles = sparse && file.canHaveHoles;
  let at = 0;
  for (let isOver = mostBytes === 0; !isOver;) {
    const part = { fd: file.fd, offset: at, mostBytes: mostBytes - at, knowsHoles };
    const [bytes, holeBytes, after, errno] = await raw.sendFromFile(part);
    at += bytes;
    if (errno !== 0) throw file.error('read', errno);
    if (after === state.hasHole) await raw.sendHole(holeBytes);
    at += holeBytes;
    note(at);
    isOver = after === state.hasEnded || at >= mostBytes;
  }
  if (endBytes > at) await raw.sendHole(endBytes - at);
  await raw.finish();
  return at;
}
