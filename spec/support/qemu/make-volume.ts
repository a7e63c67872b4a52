import type { Connection, StorageVolume } from '../../../lib/index.js';
import type { QemuHost } from './qemu-host.js';

/** Makes the pool `pool` in the folder of a host, and the empty raw volume `volume.img` in it. */
export async function makeVolume(
  host: QemuHost,
  connection: Connection,
  capacityBytes: number,
): Promise<StorageVolume> {
  const folder = host.directory.makeDirectory('pool');
  const pool = await connection.createStoragePool(
    `<pool type="dir"><name>pool</name><target><path>${folder}</path></target></pool>`,
  );
  return pool.createVolume(
    `<volume><name>volume.img</name><capacity>${capacityBytes}</capacity><allocation>0</allocation><target><format type="raw"/></target></volume>`,
  );
}
