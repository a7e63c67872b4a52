// W12: a storage volume, from the host and to it.
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Connection } from 'rxvirt';
import { measureTransfer } from './measure-transfer.js';
import { text } from './settings.js';

/** As much as one write of a volume takes. */
const highWaterMark = 1 << 20;

export async function volume(): Promise<void> {
  const connection = await Connection.open(text('uri', ''));
  const pool = await connection.lookupStoragePoolByName('bench');
  const found = await pool.lookupVolumeByName('volume');
  const isStream = text('by', 'stream') === 'stream';
  await measureTransfer(async (way, file) => {
    if (!isStream) await (way === 'down' ? found.downloadTo(file) : found.uploadFrom(file));
    else if (way === 'down') await pipeline(await found.download(), createWriteStream(file));
    else await pipeline(createReadStream(file, { highWaterMark }), await found.upload());
  });
  await connection.close();
}
