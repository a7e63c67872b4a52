import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Connection, type StorageVolume } from '../../../lib/index.js';
import { makeVolume } from './make-volume.js';
import { QemuHost } from './qemu-host.js';
import { requireQemu } from './require-qemu.js';

/** A volume of a real host, and a path for a file, anew for each test. */
export interface VolumeAndFile {
  readonly host: QemuHost;
  readonly connection: Connection;
  readonly volume: StorageVolume;
  /** The file of the volume. */
  readonly volumeFile: string;
  readonly file: string;
  /** Gives the volume so many bytes that are no zeros. */
  readonly fillVolume: (bytes?: number) => void;
}

/** Adds the hooks of mocha that make them. Use the result in tests only. */
export function volumeAndFile(capacityBytes: number): VolumeAndFile {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let volume: StorageVolume;
  let volumeFile: string;
  let file: string;

  before(async () => {
    host = await QemuHost.start();
  });
  after(() => host.stop());
  beforeEach(async () => {
    connection = await Connection.open(host.uri);
    volume = await makeVolume(host, connection, capacityBytes);
    volumeFile = await volume.path();
    file = `${host.directory.makeDirectory('files')}/file.img`;
  });
  afterEach(async () => {
    execFileSync('rm', ['-rf', file, `${file}.copy`]);
    if (!connection.isOpen) connection = await Connection.open(host.uri);
    const pool = await connection.lookupStoragePoolByName('pool');
    await pool.refresh();
    for (const each of await pool.listVolumes()) await each.delete();
    await pool.destroy();
    await connection.close();
  });

  return {
    get host() {
      return host;
    },
    get connection() {
      return connection;
    },
    get volume() {
      return volume;
    },
    get volumeFile() {
      return volumeFile;
    },
    get file() {
      return file;
    },
    fillVolume: (bytes = 64 << 20) => {
      writeFileSync(volumeFile, Buffer.alloc(bytes, 7));
    },
  };
}
