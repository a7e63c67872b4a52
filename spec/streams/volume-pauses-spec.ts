import { expect } from 'chai';
import { finished } from 'node:stream/promises';
import { Connection, type OpenOptions, type StorageVolume } from '../../lib/index.js';
import type { PrivateLibvirtdOptions } from '../support/libvirtd/private-libvirtd.js';
import { makeVolume } from '../support/qemu/make-volume.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';

const mebibyte = 1 << 20;

describe('a volume whose reader or writer has pauses', () => {
  requireQemu();

  // Keepalive has no event that could be awaited.
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const bytes = 3 * mebibyte;

  /** A volume of a daemon that ends a connection when it has had no answer for `keepaliveInterval` x `keepaliveCount`. */
  const withVolume = async (
    daemon: PrivateLibvirtdOptions,
    options: OpenOptions,
    use: (volume: StorageVolume) => Promise<void>,
  ): Promise<void> => {
    const host = await QemuHost.start(daemon);
    await using connection = await Connection.open(host.uri, options);
    await use(await makeVolume(host, connection, bytes));
    await connection.close();
    await host.stop();
  };

  it('should keep its connection while the writer writes nothing', async () => {
    const daemon = { keepaliveInterval: 1, keepaliveCount: 1 };
    await withVolume(daemon, { keepAlive: false }, async (volume) => {
      const stream = await volume.upload();
      stream.write('begin');
      await pause(4000);
      stream.end('end');
      await finished(stream);
    });
  });

  it('should keep its connection, with the shortest keepalive, while the reader is slow', async () => {
    await withVolume({}, { keepAlive: { interval: 1, count: 1 } }, async (volume) => {
      let size = 0;
      for await (const chunk of await volume.download()) {
        size += (chunk as Buffer).length;
        await pause(1500);
      }
      expect(size).to.equal(bytes);
    });
  });
});
