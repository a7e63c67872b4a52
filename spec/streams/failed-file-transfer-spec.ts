import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { ConnectionClosedError, TimeoutError } from '../../lib/index.js';
import { volumeAndFile } from '../support/qemu/volume-and-file.js';
import { rejection } from '../support/rejection.js';

const mebibyte = 1 << 20;

describe('a transfer between a storage volume and a file that fails', () => {
  const at = volumeAndFile(mebibyte);

  const openFiles = () => readdirSync('/proc/self/fd').length;

  for (const [what, path, way, code] of [
    ['has no room', '/dev/full', 'downloadTo', 'ENOSPC'],
    ['is in no folder', '/nowhere/file.img', 'downloadTo', 'ENOENT'],
    ['is a folder', '/tmp', 'downloadTo', 'EISDIR'],
    ['does not exist', '/nowhere/file.img', 'uploadFrom', 'ENOENT'],
    ['is a folder', '/tmp', 'uploadFrom', 'EISDIR'],
  ] as const)
    it(`should fail with the error of the file when that ${what}, in ${way}()`, async () => {
      at.fillVolume(mebibyte);
      const filesBefore = openFiles();
      const error = await rejection(at.volume[way](path));
      expect(error).to.include({ code, path });
      expect(error).to.have.property('message').that.includes(path);
      expect(openFiles()).to.equal(filesBefore);
      expect(statSync(at.volumeFile).size).to.equal(mebibyte);
    });

  it('should fail at once when the file is a FIFO, which nobody reads or writes', async () => {
    execFileSync('mkfifo', [at.file]);
    expect(await rejection(at.volume.downloadTo(at.file))).to.have.property('code', 'ENXIO');
    expect(await rejection(at.volume.uploadFrom(at.file))).to.have.property('code', 'ESPIPE');
  });

  it('should leave the file alone when the volume can’t be opened', async () => {
    await at.volume.delete();
    expect(await rejection(at.volume.downloadTo(at.file))).to.have.property('code', 'VIR_ERR_NO_STORAGE_VOL');
    expect(existsSync(at.file)).to.equal(false);
    writeFileSync(at.file, 'old');
    expect(await rejection(at.volume.downloadTo(at.file))).to.have.property('code', 'VIR_ERR_NO_STORAGE_VOL');
    expect(readFileSync(at.file, 'utf8')).to.equal('old');
  });

  for (const way of ['downloadTo', 'uploadFrom'] as const)
    describe(`when ${way}() ends early`, () => {
      let filesBefore: number;
      beforeEach(() => {
        at.fillVolume();
        if (way === 'uploadFrom') writeFileSync(at.file, Buffer.alloc(256 * mebibyte, 8));
        filesBefore = openFiles();
      });
      afterEach(() => {
        expect(openFiles()).to.be.at.most(filesBefore);
        if (way === 'uploadFrom') expect(statSync(at.file).size).to.equal(256 * mebibyte);
      });

      it('should not touch a file that has taken the place of its own', async () => {
        const onProgress = () => {
          renameSync(at.file, `${at.file}.moved`);
          writeFileSync(at.file, 'mine');
          throw new Error('enough');
        };
        await rejection(at.volume[way](at.file, { onProgress }));
        expect(readFileSync(at.file, 'utf8')).to.equal('mine');
        renameSync(`${at.file}.moved`, at.file);
      });

      it('should tell nothing after the end', async () => {
        const aborting = new AbortController();
        let isOver = false;
        const onProgress = () => {
          expect(isOver).to.equal(false);
          isOver = true;
          setImmediate(() => {
            aborting.abort(new Error('enough'));
          });
        };
        const error = await rejection(at.volume[way](at.file, { onProgress, signal: aborting.signal }));
        expect(error).to.have.property('message', 'enough');
      });

      it('should reject with what onProgress throws', async () => {
        const enough = new Error('enough');
        const onProgress = () => {
          throw enough;
        };
        expect(await rejection(at.volume[way](at.file, { onProgress }))).to.equal(enough);
      });

      it('should reject with the reason of the signal', async () => {
        const aborting = new AbortController();
        const onProgress = () => {
          aborting.abort(new Error('enough'));
        };
        const error = await rejection(at.volume[way](at.file, { onProgress, signal: aborting.signal }));
        expect(error).to.have.property('message', 'enough');
        expect(await rejection(at.volume[way](at.file, { signal: aborting.signal }))).to.equal(error);
      });

      it('should reject when the host is silent', async () => {
        let paused: Promise<void> | undefined;
        const onProgress = () => {
          paused ??= at.host.pause();
        };
        const error = await rejection(at.volume[way](at.file, { onProgress, timeout: 700 }));
        expect(error).to.be.an.instanceOf(TimeoutError);
        await paused;
        at.host.resume();
      });

      it('should reject when the program closes the connection', async () => {
        let closed: Promise<void> | undefined;
        const onProgress = () => {
          closed ??= at.connection.close();
        };
        const error = await rejection(at.volume[way](at.file, { onProgress }));
        expect(error).to.be.an.instanceOf(ConnectionClosedError).with.property('reason', 'client');
        await closed;
      });

      it('should reject when the daemon ends', async () => {
        let killed: Promise<void> | undefined;
        const onProgress = () => {
          killed ??= at.host.kill();
        };
        const error = await rejection(at.volume[way](at.file, { onProgress }));
        expect(error).to.be.an.instanceOf(ConnectionClosedError).with.property('reason').not.equal('client');
        await killed;
        await at.host.restart();
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
        expect(await rejection(at.volume[way](at.file, options))).to.satisfy(
          (error: unknown) => error instanceof TypeError || error instanceof RangeError,
        );
    expect(await rejection(at.volume.downloadTo('a\0b'))).to.be.an.instanceOf(TypeError);
    expect(existsSync(at.file)).to.equal(false);
    await at.connection.close();
    expect(await rejection(at.volume.downloadTo(at.file))).to.be.an.instanceOf(ConnectionClosedError);
    expect(existsSync(at.file)).to.equal(false);
  });
});
