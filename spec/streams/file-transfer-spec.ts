import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import {
  Connection,
  ConnectionClosedError,
  TimeoutError,
  type StorageVolume,
  type StreamProgress,
} from '../../lib/index.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { rejection } from '../support/rejection.js';

const mebibyte = 1 << 20;

describe('a storage volume and a file', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let volume: StorageVolume;
  let volumeFile: string;
  let file: string;
  const content = randomBytes(5 * mebibyte + 12_345);
  const zeros = Buffer.alloc(3 * mebibyte);
  const holey = Buffer.concat([zeros, content.subarray(0, 131_072), zeros, Buffer.from('end'), zeros]);

  const bytesOnDisk = (path: string) => statSync(path).blocks * 512;
  const makeHoles = (path: string) => execFileSync('fallocate', ['--dig-holes', path]);
  const openFiles = () => readdirSync('/proc/self/fd').length;
  const fillVolume = (bytes = 64 * mebibyte) => {
    writeFileSync(volumeFile, Buffer.alloc(bytes, 7));
  };

  before(async () => {
    host = await QemuHost.start();
  });
  after(() => host.stop());
  beforeEach(async () => {
    connection = await Connection.open(host.uri);
    const pool = await connection.createStoragePool(
      `<pool type="dir"><name>pool</name><target><path>${host.directory.makeDirectory('pool')}</path></target></pool>`,
    );
    volume = await pool.createVolume(
      `<volume><name>volume.img</name><capacity>${content.length}</capacity><allocation>0</allocation><target><format type="raw"/></target></volume>`,
    );
    volumeFile = await volume.path();
    file = `${host.directory.makeDirectory('files')}/file.img`;
  });
  afterEach(async () => {
    execFileSync('rm', ['-rf', file]);
    if (!connection.isOpen) connection = await Connection.open(host.uri);
    const pool = await connection.lookupStoragePoolByName('pool');
    await pool.refresh();
    for (const each of await pool.listVolumes()) await each.delete();
    await pool.destroy();
    await connection.close();
  });

  it('should be the same after an upload from the file, and after a download to it', async () => {
    writeFileSync(file, content);
    expect(await volume.uploadFrom(file)).to.equal(content.length);
    expect(readFileSync(volumeFile).equals(content)).to.equal(true);
    writeFileSync(file, Buffer.alloc(content.length + 1, 7)); // what the file had is gone then
    expect(await volume.downloadTo(file)).to.equal(content.length);
    expect(readFileSync(file).equals(content)).to.equal(true);
  });

  it('should be transferred in parts, and no more of the file than was asked for', async () => {
    writeFileSync(volumeFile, content);
    writeFileSync(file, 'rxvirt and more');
    expect(await volume.uploadFrom(file, { offsetBytes: 1000, lengthBytes: 6 })).to.equal(6);
    expect(await volume.downloadTo(file, { offsetBytes: 998n, lengthBytes: 10 })).to.equal(10);
    const expected = [content.subarray(998, 1000), Buffer.from('rxvirt'), content.subarray(1006, 1008)];
    expect(readFileSync(file)).to.deep.equal(Buffer.concat(expected));
    expect(statSync(volumeFile).size).to.equal(content.length);
  });

  it('should both keep their holes with sparse', async () => {
    await volume.resize(holey.length + mebibyte);
    writeFileSync(file, holey);
    makeHoles(file);
    expect(await volume.uploadFrom(file, { sparse: true })).to.equal(holey.length);
    const whole = Buffer.concat([holey, Buffer.alloc(mebibyte)]);
    expect(readFileSync(volumeFile).equals(whole)).to.equal(true);
    expect(bytesOnDisk(volumeFile)).to.be.below(mebibyte);
    writeFileSync(file, Buffer.alloc(whole.length * 2, 7));
    expect(await volume.downloadTo(file, { sparse: true })).to.equal(whole.length);
    expect(readFileSync(file).equals(whole)).to.equal(true);
    expect(bytesOnDisk(file)).to.be.below(mebibyte);
  });

  it('should have zeros where the file has holes, when the volume had a content', async () => {
    writeFileSync(volumeFile, Buffer.alloc(holey.length, 7));
    writeFileSync(file, holey);
    makeHoles(file);
    for (const sparse of [true, false]) {
      await volume.uploadFrom(file, { sparse });
      expect(readFileSync(volumeFile).equals(holey)).to.equal(true);
    }
  });

  it('should send a part of the file that ends in a hole', async () => {
    writeFileSync(volumeFile, Buffer.alloc(content.length, 7));
    writeFileSync(file, holey);
    makeHoles(file);
    expect(await volume.uploadFrom(file, { lengthBytes: mebibyte })).to.equal(mebibyte);
    const sent = Buffer.concat([holey.subarray(0, mebibyte), Buffer.alloc(content.length - mebibyte, 7)]);
    expect(readFileSync(volumeFile).equals(sent)).to.equal(true);
  });

  it('should be empty when the other one is', async () => {
    truncateSync(volumeFile, 0);
    expect(await volume.downloadTo(file)).to.equal(0);
    expect(statSync(file).size).to.equal(0);
    expect(await volume.uploadFrom(file)).to.equal(0);
  });

  it('should be transferred to a device, with the zeros of its holes', async () => {
    truncateSync(volumeFile, 3 * mebibyte);
    expect(await volume.downloadTo('/dev/null', { sparse: true })).to.equal(3 * mebibyte);
    expect(await volume.uploadFrom('/dev/zero', { lengthBytes: mebibyte })).to.equal(mebibyte);
  });

  it('should tell how far the transfer is', async () => {
    fillVolume();
    const told: StreamProgress[] = [];
    const onProgress = (progress: StreamProgress) => told.push(progress);
    await volume.downloadTo(file, { onProgress });
    expect(told.at(-1)).to.deep.equal({ bytes: 64 * mebibyte, totalBytes: null });
    expect(told.map(({ bytes }) => bytes)).to.deep.equal(
      told.map(({ bytes }) => bytes).sort((a, b) => a - b),
    );
    await volume.uploadFrom(file, { onProgress, lengthBytes: mebibyte });
    expect(told.at(-1)).to.deep.equal({ bytes: mebibyte, totalBytes: mebibyte });
    await volume.uploadFrom(file, { onProgress });
    expect(told.at(-1)).to.deep.equal({ bytes: 64 * mebibyte, totalBytes: 64 * mebibyte });
  });

  for (const [what, path, way, code] of [
    ['has no room', '/dev/full', 'downloadTo', 'ENOSPC'],
    ['is in no folder', '/nowhere/file.img', 'downloadTo', 'ENOENT'],
    ['is a folder', '/tmp', 'downloadTo', 'EISDIR'],
    ['does not exist', '/nowhere/file.img', 'uploadFrom', 'ENOENT'],
    ['is a folder', '/tmp', 'uploadFrom', 'EISDIR'],
  ] as const)
    it(`should fail with the error of the file when that ${what}, in ${way}()`, async () => {
      fillVolume(mebibyte);
      const filesBefore = openFiles();
      const error = await rejection(volume[way](path));
      expect(error).to.include({ code, path });
      expect(error).to.have.property('message').that.includes(path);
      expect(openFiles()).to.equal(filesBefore);
      expect(statSync(volumeFile).size).to.equal(mebibyte);
    });

  it('should fail at once when the file is a FIFO, which nobody reads or writes', async () => {
    execFileSync('mkfifo', [file]);
    expect(await rejection(volume.downloadTo(file))).to.have.property('code', 'ENXIO');
    expect(await rejection(volume.uploadFrom(file))).to.have.property('code', 'ESPIPE');
  });

  it('should leave the file alone when the volume can’t be opened', async () => {
    await volume.delete();
    expect(await rejection(volume.downloadTo(file))).to.have.property('code', 'VIR_ERR_NO_STORAGE_VOL');
    expect(existsSync(file)).to.equal(false);
    writeFileSync(file, 'old');
    expect(await rejection(volume.downloadTo(file))).to.have.property('code', 'VIR_ERR_NO_STORAGE_VOL');
    expect(readFileSync(file, 'utf8')).to.equal('old');
  });

  for (const way of ['downloadTo', 'uploadFrom'] as const)
    describe(`when ${way}() ends early`, () => {
      let filesBefore: number;
      beforeEach(() => {
        fillVolume();
        if (way === 'uploadFrom') writeFileSync(file, Buffer.alloc(256 * mebibyte, 8));
        filesBefore = openFiles();
      });
      afterEach(() => {
        expect(openFiles()).to.be.at.most(filesBefore);
        if (way === 'downloadTo') expect(existsSync(file)).to.equal(false);
        else expect(statSync(file).size).to.equal(256 * mebibyte);
      });

      it('should reject with what onProgress throws', async () => {
        const enough = new Error('enough');
        const onProgress = () => {
          throw enough;
        };
        expect(await rejection(volume[way](file, { onProgress }))).to.equal(enough);
      });

      it('should reject with the reason of the signal', async () => {
        const aborting = new AbortController();
        const onProgress = () => {
          aborting.abort(new Error('enough'));
        };
        const error = await rejection(volume[way](file, { onProgress, signal: aborting.signal }));
        expect(error).to.have.property('message', 'enough');
        expect(await rejection(volume[way](file, { signal: aborting.signal }))).to.equal(error);
      });

      it('should reject when the host is silent', async () => {
        let paused: Promise<void> | undefined;
        const onProgress = () => {
          paused ??= host.pause();
        };
        const error = await rejection(volume[way](file, { onProgress, timeout: 700 }));
        expect(error).to.be.an.instanceOf(TimeoutError);
        await paused;
        host.resume();
      });

      it('should reject when the program closes the connection', async () => {
        let closed: Promise<void> | undefined;
        const onProgress = () => {
          closed ??= connection.close();
        };
        const error = await rejection(volume[way](file, { onProgress }));
        expect(error).to.be.an.instanceOf(ConnectionClosedError).with.property('reason', 'client');
        await closed;
      });

      it('should reject when the daemon ends', async () => {
        let killed: Promise<void> | undefined;
        const onProgress = () => {
          killed ??= host.kill();
        };
        const error = await rejection(volume[way](file, { onProgress }));
        expect(error).to.be.an.instanceOf(ConnectionClosedError).with.property('reason').not.equal('client');
        await killed;
        await host.restart();
      });
    });

  it('should not be transferred when the arguments are wrong', async () => {
    for (const options of [
      { onProgress: 1 },
      { progress: true },
      { sparse: 1 },
      { lengthBytes: 0 },
    ] as object[])
      for (const way of ['downloadTo', 'uploadFrom'] as const)
        expect(await rejection(volume[way](file, options))).to.satisfy(
          (error: unknown) => error instanceof TypeError || error instanceof RangeError,
        );
    expect(await rejection(volume.downloadTo('a\0b'))).to.be.an.instanceOf(TypeError);
    expect(existsSync(file)).to.equal(false);
    await connection.close();
    expect(await rejection(volume.downloadTo(file))).to.be.an.instanceOf(ConnectionClosedError);
    expect(existsSync(file)).to.equal(false);
  });
});
