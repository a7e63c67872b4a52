import { checkFunction } from '../arguments.js';
import { also } from '../calls/also.js';
import { nothing } from '../calls/answers.js';
import { call, type CallTarget } from '../calls/call.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkedFlags, type Flags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { text, unsigned64 } from '../calls/values.js';
import type { FoundObject, StorageVolumeHandle } from '../native.js';
import {
  noteTo,
  receiveFile,
  sendFile,
  transferFile,
  withFile,
  withRawStream,
} from '../streams/file-transfer.js';
import type { LibvirtStream, StreamProgress, StreamUse } from '../streams/libvirt-stream.js';
import { canHaveHoles, LocalFile } from '../streams/local-file.js';
import { openStream, type RawStreamRequest } from '../streams/open-stream.js';
import { mostBytes } from '../streams/raw-stream.js';
import { StorageVolumeCalls, volumeInfo } from './storage-volume-calls.js';

/** Which part of a volume to transfer, and how. */
export interface VolumeTransferOptions extends CallOptions {
  /** Where the part begins, 0 unless given. */
  readonly offsetBytes?: number | bigint;
  /** How long it is, at least 1. Unless given, a download goes up to the end, and an upload takes all that is written. */
  readonly lengthBytes?: number | bigint;
  /**
   * Sends no blocks of zeros; the other side adds them. An upload leaves them out only if the volume has no content yet
   * and is written up to its end; otherwise it sends them, because libvirt would keep what the volume had.
   */
  readonly sparse?: boolean;
}

/** libvirt's virStorageVolDownloadFlags; virStorageVolUploadFlags has the same number. */
const transferFlags: Flags<VolumeTransferOptions> = { offsetBytes: null, lengthBytes: null, sparse: 1 << 0 };

const sparseFlag = 1 << 0;
/** libvirt's VIR_STORAGE_VOL_GET_PHYSICAL. */
const physicalFlag = 1 << 0;

/** What is known of a transfer when it is open. */
type Opened = Pick<StreamUse, 'sparse' | 'endBytes' | 'totalBytes'>;

const volumeHandle = ({ handle }: FoundObject<StorageVolumeHandle>) => handle;

/**
 * Whether an upload may send holes. At a hole libvirtd cuts the file off and goes on behind it. So what a volume had there
 * stays, or what it has behind is lost, unless the volume is empty and the upload fills it.
 */
async function holesOf(
  volume: CallTarget,
  {
    sparse,
    offset,
    lengthBytes,
  }: { readonly sparse: boolean; readonly offset: Size; readonly lengthBytes: Size | undefined },
): Promise<Opened & { readonly sparse: boolean }> {
  if (!sparse) return { sparse };
  const info = await call(volume, 'virStorageVolGetInfo', 'asked for its space', volumeInfo, []);
  const leftBytes = info.capacityBytes - Number(offset);
  const isFilled = lengthBytes === undefined || Number(lengthBytes) === leftBytes;
  return info.allocationBytes === 0 && isFilled ? { sparse, endBytes: leftBytes } : { sparse: false };
}

/** How much a download brings; undefined where libvirt doesn't know. A host may change a volume meanwhile. */
async function totalOf(
  volume: CallTarget,
  offset: Size,
  lengthBytes: Size | undefined,
): Promise<number | undefined> {
  const asked = call(volume, 'virStorageVolGetInfoFlags', 'asked for its space', volumeInfo, [physicalFlag]);
  const physicalBytes = await asked.then(
    ({ allocationBytes }) => allocationBytes,
    () => undefined,
  );
  if (physicalBytes === undefined) return undefined;
  return Math.min(Math.max(0, physicalBytes - Number(offset)), Number(lengthBytes ?? Infinity));
}

type Size = number | bigint;

/** How to transfer a volume from or into a file. */
export interface VolumeFileOptions extends VolumeTransferOptions {
  /** Called with how far it is, about ten times a second. If it throws, the transfer is given up. */
  readonly onProgress?: (progress: StreamProgress) => void;
}

const fileFlags: Flags<VolumeFileOptions> = { ...transferFlags, onProgress: null };

/** What a transfer opens, and which part it transfers. */
interface Transfer {
  readonly request: RawStreamRequest<Opened>;
  readonly lengthBytes: number | undefined;
  readonly onProgress: VolumeFileOptions['onProgress'] | undefined;
}

/** The content of a storage volume. */
export abstract class StorageVolumeStreams extends StorageVolumeCalls {
  abstract readonly key: string;

  /**
   * The content of the volume, as the host has it (virStorageVolDownload). A reader that is slow makes the host wait.
   * With `keepAlive: false` one that stands still for half a minute loses the stream: the next read tells it.
   */
  async download(options: VolumeTransferOptions = {}): Promise<LibvirtStream> {
    return this.#open(this.#transfer('download', options), { readable: true, writable: false }, options);
  }

  /**
   * Replaces the content of the volume, or a part of it (virStorageVolUpload). When the stream has finished, the host has
   * everything.
   */
  async upload(options: VolumeTransferOptions = {}): Promise<LibvirtStream> {
    return this.#open(this.#transfer('upload', options), { readable: false, writable: true }, options);
  }

  /**
   * Writes the content of the volume into a file of this machine, or onto a block device (virStorageVolDownload,
   * virStreamSparseRecvAll). No byte passes through JavaScript, so it is faster than {@link download}. With `sparse` the
   * file has the holes of the volume. What a file had before is gone. When the volume can't be opened, the file is not
   * touched; when the transfer fails later, the file has a part of the volume.
   * @param file Its path. It must not be the file of the volume itself.
   * @param options The timeout and the signal are for the whole transfer. It rejects when the file is not in use any more:
   *   about a second later at most, unless the file's disk hangs.
   * @returns How many bytes the volume has, with those of holes.
   * @throws the error of Node's functions for files, with `code`, `syscall` and `path`, when the file can't be written.
   */
  async downloadTo(file: string, options: VolumeFileOptions = {}): Promise<number> {
    text('file', file);
    const { request: place, onProgress } = this.#transfer('download', options, fileFlags);
    // A device has to get the zeros of holes.
    const { request: ofAll } = this.#transfer('download', also(options, { sparse: false }), fileFlags);
    const run = async (signal: AbortSignal): Promise<number> => {
      const request = (await canHaveHoles(file)) ? place : ofAll;
      // A file that exists is emptied when the volume is open, not before.
      return withRawStream(request, signal, (raw, { totalBytes = null }) =>
        withFile(LocalFile.toWrite(file), (local) =>
          receiveFile(raw, local, noteTo(onProgress, totalBytes, signal)),
        ),
      );
    };
    return transferFile({ place, run }, options);
  }

  /**
   * Replaces the content of the volume, or a part of it, by a file of this machine or a block device (virStorageVolUpload,
   * virStreamSparseSendAll). No byte passes through JavaScript, so it is faster than {@link upload}. With `sparse` the
   * holes of the file are not sent, if {@link VolumeTransferOptions.sparse} allows it.
   * @param file Its path.
   * @param options `lengthBytes` is how much of the file is sent at most. The timeout and the signal are for the whole
   *   transfer. It rejects when the file is not in use any more.
   * @returns How many bytes of the file the host has now, with those of holes.
   * @throws the error of Node's functions for files, with `code`, `syscall` and `path`, when the file can't be read.
   */
  async uploadFrom(file: string, options: VolumeFileOptions = {}): Promise<number> {
    text('file', file);
    const { request, onProgress, lengthBytes = Infinity } = this.#transfer('upload', options, fileFlags);
    const mostBytes = Math.min(lengthBytes, Number.MAX_SAFE_INTEGER);
    const run = (signal: AbortSignal): Promise<number> =>
      withFile(LocalFile.toRead(file), (local) =>
        withRawStream(request, signal, (raw, { sparse = false, endBytes = 0 }) => {
          const total = local.sizeBytes === null ? null : Math.min(local.sizeBytes, mostBytes);
          const note = noteTo(onProgress, total, signal);
          return sendFile(raw, local, { mostBytes, sparse, endBytes }, note);
        }),
      );
    return transferFile({ place: request, run }, options);
  }

  async #open(
    { request }: Transfer,
    direction: Pick<StreamUse, 'readable' | 'writable'>,
    options: CallOptions,
  ): Promise<LibvirtStream> {
    const use = (opened: Opened): StreamUse => ({ highWaterMark: mostBytes, ...direction, ...opened });
    const { stream } = await openStream({ ...request, use }, options);
    return stream;
  }

  #transfer(
    what: 'download' | 'upload',
    options: VolumeFileOptions,
    flags: Flags<VolumeTransferOptions> = transferFlags,
  ): Transfer {
    const isDownload = what === 'download';
    const name = isDownload ? 'virStorageVolDownload' : 'virStorageVolUpload';
    checkedFlags<VolumeTransferOptions>(name, options, flags);
    const { offsetBytes = 0, lengthBytes, sparse = false, onProgress } = options;
    if (onProgress !== undefined) checkFunction('onProgress', onProgress);
    const offset = unsigned64('offsetBytes', offsetBytes);
    const length = lengthBytes === undefined ? 0 : unsigned64('lengthBytes', lengthBytes);
    if (lengthBytes !== undefined && Number(length) === 0)
      throw new RangeError('lengthBytes must be at least 1; leave it out for all that there is');
    const { connection: from, title: ofVolume } = LibvirtObject.placeOf(this);
    const title = `the ${what} of ${ofVolume}`;
    const request: RawStreamRequest<Opened> = {
      from,
      title,
      call: name,
      begin: async (connection, handle) => {
        const target = { connection, handle: connection.handle, title };
        const args = [text('key', this.key)];
        const found = await call(target, 'virStorageVolLookupByKey', 'opened', volumeHandle, args);
        const volume = { ...target, handle: found };
        const totalBytes = isDownload ? await totalOf(volume, offset, lengthBytes) : length || undefined;
        const holes = isDownload ? { sparse } : await holesOf(volume, { sparse, offset, lengthBytes });
        const flags = holes.sparse ? sparseFlag : 0;
        await call(volume, name, 'opened', nothing, [handle, offset, length, flags]);
        return { ...holes, ...(totalBytes !== undefined && { totalBytes: Number(totalBytes) }) };
      },
      waiting: isDownload ? 'in reads' : 'in writes',
    };
    return { request, lengthBytes: lengthBytes === undefined ? undefined : Number(lengthBytes), onProgress };
  }
}
