import { asIs, nothing } from '../calls/answers.js';
import { call } from '../calls/call.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkedFlags, type Flags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { text, unsigned64 } from '../calls/values.js';
import type { FoundObject, LibvirtFunction, StorageVolumeHandle } from '../native.js';
import type { LibvirtStream } from '../streams/libvirt-stream.js';
import { openStream } from '../streams/open-stream.js';
import { StorageVolumeCalls } from './storage-volume-calls.js';

/** Which part of a volume to transfer, and how. */
export interface VolumeTransferOptions extends CallOptions {
  /** Where the part begins, 0 unless given. */
  readonly offsetBytes?: number | bigint;
  /** How long it is. Unless given, a download goes up to the end, and an upload takes all that is written. */
  readonly lengthBytes?: number | bigint;
  /** Sends no blocks of zeros; the other side adds them. */
  readonly sparse?: boolean;
}

/** libvirt's virStorageVolDownloadFlags; virStorageVolUploadFlags has the same number. */
const transferFlags: Flags<VolumeTransferOptions> = { offsetBytes: null, lengthBytes: null, sparse: 1 << 0 };

/** The content of a storage volume. */
export abstract class StorageVolumeStreams extends StorageVolumeCalls {
  abstract readonly key: string;

  /**
   * The content of the volume, as the host has it (virStorageVolDownload). A reader that is slow makes the host wait; one
   * that stands still for half a minute loses the stream.
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
    const bits = checkedFlags(name, options, transferFlags);
    const { offsetBytes = 0, lengthBytes = 0, sparse = false } = options;
    const part = [unsigned64('offsetBytes', offsetBytes), unsigned64('lengthBytes', lengthBytes)];
    const { connection: from, title: ofVolume } = LibvirtObject.placeOf(this);
    const title = `the ${what} of ${ofVolume}`;
    const isDownload = what === 'download';
    const { stream } = await openStream(
      {
        from,
        title,
        call: name,
        begin: async (connection, handle) => {
          const target = { connection, handle: connection.handle, title };
          const found = await call(
            target,
            'virStorageVolLookupByKey',
            'opened',
            asIs<FoundObject<StorageVolumeHandle>>,
            [text('key', this.key)],
          );
          await call({ ...target, handle: found.handle }, name, 'opened', nothing, [handle, ...part, bits]);
        },
        use: {
          readable: isDownload,
          writable: !isDownload,
          sparse,
          ...(lengthBytes !== 0 && { totalBytes: Number(lengthBytes) }),
        },
      },
      options,
    );
    return stream;
  }
}
