import { nothing } from '../calls/answers.js';
import { call, type CallTarget } from '../calls/call.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkedFlags, type Flags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { text, unsigned64 } from '../calls/values.js';
import type { FoundObject, LibvirtFunction, StorageVolumeHandle } from '../native.js';
import type { LibvirtStream, StreamUse } from '../streams/libvirt-stream.js';
import { openStream } from '../streams/open-stream.js';
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

type Holes = Pick<StreamUse, 'sparse' | 'endBytes'>;

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
): Promise<Holes & { readonly sparse: boolean }> {
  if (!sparse) return { sparse };
  const info = await call(volume, 'virStorageVolGetInfo', 'asked for its space', volumeInfo, []);
  const leftBytes = info.capacityBytes - Number(offset);
  const isFilled = lengthBytes === undefined || Number(lengthBytes) === leftBytes;
  return info.allocationBytes === 0 && isFilled ? { sparse, endBytes: leftBytes } : { sparse: false };
}

type Size = number | bigint;

/** The content of a storage volume. */
export abstract class StorageVolumeStreams extends StorageVolumeCalls {
  abstract readonly key: string;

  /**
   * The content of the volume, as the host has it (virStorageVolDownload). A reader that is slow makes the host wait.
   * With `keepAlive: false` one that stands still for half a minute loses the stream: the next read tells it.
   */
  async download(options: VolumeTransferOptions = {}): Promise<LibvirtStream> {
    return this.#transfer('virStorageVolDownload', 'download', options);
  }

  /**
   * Replaces the content of the volume, or a part of it (virStorageVolUpload). When the stream has finished, the host has
   * everything.
   */
  async upload(options: VolumeTransferOptions = {}): Promise<LibvirtStream> {
    return this.#transfer('virStorageVolUpload', 'upload', options);
  }

  async #transfer(
    name: LibvirtFunction,
    what: 'download' | 'upload',
    options: VolumeTransferOptions,
  ): Promise<LibvirtStream> {
    checkedFlags(name, options, transferFlags);
    const { offsetBytes = 0, lengthBytes, sparse = false } = options;
    const offset = unsigned64('offsetBytes', offsetBytes);
    const length = lengthBytes === undefined ? 0 : unsigned64('lengthBytes', lengthBytes);
    if (lengthBytes !== undefined && Number(length) === 0)
      throw new RangeError('lengthBytes must be at least 1; leave it out for all that there is');
    const { connection: from, title: ofVolume } = LibvirtObject.placeOf(this);
    const title = `the ${what} of ${ofVolume}`;
    const isDownload = what === 'download';
    const { stream } = await openStream<Holes>(
      {
        from,
        title,
        call: name,
        begin: async (connection, handle) => {
          const target = { connection, handle: connection.handle, title };
          const args = [text('key', this.key)];
          const found = await call(target, 'virStorageVolLookupByKey', 'opened', volumeHandle, args);
          const volume = { ...target, handle: found };
          const holes = isDownload ? { sparse } : await holesOf(volume, { sparse, offset, lengthBytes });
          const flags = holes.sparse ? sparseFlag : 0;
          await call(volume, name, 'opened', nothing, [handle, offset, length, flags]);
          return holes;
        },
        waiting: isDownload ? 'in reads' : 'in writes',
        use: (holes) => ({
          highWaterMark: mostBytes,
          readable: isDownload,
          writable: !isDownload,
          ...holes,
          ...(lengthBytes !== undefined && { totalBytes: Number(lengthBytes) }),
        }),
      },
      options,
    );
    return stream;
  }
}
