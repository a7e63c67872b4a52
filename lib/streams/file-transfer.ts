// A fake clock of tests doesn't have it.
import { performance } from 'node:perf_hooks';
import { abortable } from '../calls/abortable.js';
import { nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import type { StreamProgress } from './libvirt-stream.js';
import type { LocalFile } from './local-file.js';
import { abortingWith, openRawStream, type RawStreamRequest } from './open-stream.js';
import { ready, state, type RawStream } from './raw-stream.js';

/** Called with how far a transfer is. */
export type Note = (bytes: number, isLast: boolean) => void;

/** A transfer between a stream and a file. */
export interface FileTransfer {
  /** What messages name. */
  readonly place: Pick<RawStreamRequest<unknown>, 'from' | 'title' | 'call'>;
  /** Transfers all, and resolves with how many bytes that were. The signal gives it up. */
  readonly run: (signal: AbortSignal) => Promise<number>;
}

/**
 * Makes the transfer. Timeout, abort and the end of the connection give it up; then it rejects when the file is not in use
 * any more.
 */
export async function transferFile({ place, run }: FileTransfer, options: CallOptions): Promise<number> {
  const { call, title, from } = place;
  options.signal?.throwIfAborted();
  from.assertOpen();
  const { aborting, ending } = abortingWith(from);
  const task = run(aborting.signal).catch((error: unknown) => {
    // What the abort has broken is not the reason.
    throw aborting.signal.aborted ? aborting.signal.reason : error;
  });
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

/** Opens a stream for as long as it is used. The signal closes it. */
export async function withRawStream<Result>(
  request: RawStreamRequest<Result>,
  signal: AbortSignal,
  use: (raw: RawStream, result: Result) => Promise<number>,
): Promise<number> {
  const { raw, result } = await openRawStream(request, { signal });
  const close = () => void raw.close();
  signal.addEventListener('abort', close);
  try {
    return await use(raw, result);
  } finally {
    signal.removeEventListener('abort', close);
    await raw.close();
  }
}

/** Opens a file for as long as it is used. */
export async function withFile(
  opening: Promise<LocalFile>,
  use: (file: LocalFile) => Promise<number>,
): Promise<number> {
  const file = await opening;
  let bytes: number;
  try {
    bytes = await use(file);
  } catch (error) {
    await file.close().catch(nothing);
    throw error;
  }
  // What the disk has not taken can be told here.
  await file.close();
  return bytes;
}

/** Tells a program of the first part, then about ten times a second, and of the last part. */
export function noteTo(
  onProgress: ((progress: StreamProgress) => void) | undefined,
  totalBytes: number | null,
  signal: AbortSignal,
): Note {
  let toldAtMs = -Infinity;
  return (bytes, isLast) => {
    signal.throwIfAborted();
    const nowMs = performance.now();
    if (!isLast && nowMs - toldAtMs < noteMs) return;
    toldAtMs = nowMs;
    onProgress?.({ bytes, totalBytes });
  };
}

const noteMs = 100;

/** Fills the file with what the stream brings. Holes stay holes. */
export async function receiveFile(raw: RawStream, file: LocalFile, note: Note): Promise<number> {
  let at = 0;
  for (let hasEnded = false; !hasEnded;) {
    const [bytes, after, errno] = await raw.receiveIntoFile(file.handle, at);
    at += bytes;
    if (errno !== 0) throw file.error('write', errno);
    hasEnded = after === state.hasEnded;
    note(at, hasEnded);
    if (after === state.isEmpty) await raw.untilReady(ready.readable);
  }
  await raw.finish();
  await file.resize(at);
  return at;
}

/** Which part of a file to send. */
export interface SendOptions {
  readonly mostBytes: number;
  /** Whether its holes are sent as holes. Otherwise zeros are sent. */
  readonly sparse: boolean;
  /** Where it has to end: a hole is sent for what the file doesn't have. */
  readonly endBytes: number;
}

/** Sends the file, and resolves with how much that was. */
export async function sendFile(
  raw: RawStream,
  file: LocalFile,
  { mostBytes, sparse, endBytes }: SendOptions,
  note: Note,
): Promise<number> {
  let at = 0;
  for (let isOver = false; !isOver;) {
    const part = { offset: at, mostBytes: mostBytes - at, sendsHoles: sparse && file.sizeBytes !== null };
    const [bytes, after, errno] = await raw.sendFromFile(file.handle, part);
    at += bytes;
    if (errno !== 0) throw file.error('read', errno);
    isOver = after === state.hasEnded || at >= mostBytes;
    note(at, isOver);
    if (after === state.isEmpty) await raw.untilReady(ready.writable);
  }
  if (endBytes > at) await raw.sendHole(endBytes - at);
  await raw.finish();
  return at;
}
