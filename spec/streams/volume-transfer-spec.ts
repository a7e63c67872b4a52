import { expect } from 'chai';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { statSync, truncateSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { lastValueFrom } from 'rxjs';
import { Connection, ConnectionClosedError, LibvirtStream } from '../../lib/index.js';
import { volumeAndFile } from '../support/qemu/volume-and-file.js';
import { rejection } from '../support/rejection.js';

const mebibyte = 1 << 20;

describe('the content of a storage volume', () => {
  const content = randomBytes(5 * mebibyte + 12_345);
  const at = volumeAndFile(content.length);

  const upload = async (bytes: Buffer, options = {}) => {
    await pipeline(Readable.from(bytes), await at.volume.upload(options));
  };
  const download = async (options = {}) => {
    const stream = await at.volume.download(options);
    return Buffer.concat(await stream.toArray());
  };
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  it('should be the same after an upload and a download', async () => {
    await upload(content);
    expect(digest(await download())).to.equal(digest(content));
  });

  it('should be transferred in parts', async () => {
    await upload(content);
    await upload(Buffer.from('rxvirt'), { offsetBytes: 1000, lengthBytes: 6 });
    const part = await download({ offsetBytes: 998n, lengthBytes: 10 });
    expect(part).to.deep.equal(
      Buffer.concat([content.subarray(998, 1000), Buffer.from('rxvirt'), content.subarray(1006, 1008)]),
    );
  });

  it('should be transferred without its zeros', async () => {
    const zeros = Buffer.alloc(3 * mebibyte);
    const holey = Buffer.concat([zeros, content.subarray(0, 70_000), zeros, Buffer.from('end'), zeros]);
    await at.volume.resize(holey.length);
    await upload(holey, { sparse: true });
    expect(digest(await download({ sparse: true }))).to.equal(digest(holey));
    const { blocks } = statSync(await at.volume.path());
    expect(blocks * 512).to.be.below(2 * mebibyte);
  });

  it('should keep its size when less is uploaded without zeros', async () => {
    const start = Buffer.concat([content.subarray(0, 70_000), Buffer.alloc(mebibyte)]);
    await upload(start, { sparse: true });
    const whole = Buffer.concat([start, Buffer.alloc(content.length - start.length)]);
    expect(digest(await download())).to.equal(digest(whole));
  });

  const holey = Buffer.concat([
    Buffer.from('begin'),
    Buffer.alloc(mebibyte),
    Buffer.from('end'),
    Buffer.alloc(mebibyte),
  ]);
  for (const [what, offsetBytes, options] of [
    ['a part', 3 * 65_536, { offsetBytes: 3 * 65_536, lengthBytes: holey.length }],
    ['what begins it', 0, {}],
  ] as const)
    it(`should have zeros where zeros are uploaded, and keep the rest, when ${what} of old content is replaced`, async () => {
      await upload(content);
      await upload(holey, { ...options, sparse: true });
      const expected = Buffer.from(content);
      holey.copy(expected, offsetBytes);
      expect(digest(await download())).to.equal(digest(expected));
    });

  it('should be of the same size when a part of an empty volume is uploaded without zeros', async () => {
    await upload(holey, { offsetBytes: 65_536, lengthBytes: holey.length, sparse: true });
    const expected = Buffer.alloc(content.length);
    holey.copy(expected, 65_536);
    expect(digest(await download())).to.equal(digest(expected));
  });

  it('should let others have their turn while a large hole is read', async () => {
    truncateSync(await at.volume.path(), 50e9);
    const stream = await at.volume.download({ sparse: true });
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await new Promise((resolve) => setTimeout(resolve, 1));
    stream.destroy();
    await once(stream, 'close');
    expect(bytes).to.be.below(50e9);
  });

  it('should tell how far it is', async () => {
    const stream = await at.volume.upload({ lengthBytes: content.length });
    const last = lastValueFrom(stream.progress);
    await pipeline(Readable.from(content), stream);
    expect(await last).to.deep.equal({ bytes: content.length, totalBytes: content.length });
    const whole = await at.volume.download({ offsetBytes: 5 });
    const lastOfDownload = lastValueFrom(whole.progress);
    await whole.toArray();
    const bytes = content.length - 5;
    expect(await lastOfDownload).to.deep.equal({ bytes, totalBytes: bytes });
  });

  it('should wait on the host when the reader stands still', async () => {
    writeFileSync(await at.volume.path(), Buffer.alloc(64 * mebibyte, 7));
    const stream = await at.volume.download();
    let bytes = 0;
    stream.progress.subscribe((progress) => (bytes = progress.bytes));
    stream.read(0);
    await once(stream, 'readable');
    // A call on the connection for calls is answered meanwhile, again and again.
    for (let i = 0; i < 50; i++) await at.connection.hostname();
    expect(bytes).to.be.within(1, 4 * mebibyte);
    stream.resume();
    await once(stream, 'close');
    expect(bytes).to.equal(64 * mebibyte);
  });

  it('should wait on the host when nobody reads yet', async () => {
    truncateSync(await at.volume.path(), 512 * mebibyte);
    const before = process.memoryUsage.rss();
    const stream = await at.volume.download();
    for (let i = 0; i < 50; i++) await at.connection.hostname();
    expect(process.memoryUsage.rss() - before).to.be.below(64 * mebibyte);
    let bytes = 0;
    for await (const chunk of stream) bytes += (chunk as Buffer).length;
    expect(bytes).to.equal(512 * mebibyte);
  });

  it('should be given up by destroy, and its connection closed', async () => {
    writeFileSync(await at.volume.path(), Buffer.alloc(64 * mebibyte, 7));
    const stream = await at.volume.download();
    stream.once('data', () => stream.destroy());
    await once(stream, 'close');
    const failing = await at.volume.download();
    const error = rejection(failing.toArray());
    failing.destroy(new Error('enough'));
    expect(await error).to.have.property('message', 'enough');
  });

  it('should be given up although the host is silent', async () => {
    writeFileSync(await at.volume.path(), Buffer.alloc(64 * mebibyte, 7));
    const down = await at.volume.download();
    const up = await at.volume.upload();
    await once(down, 'readable');
    await at.host.pause();
    // Reads of both are under way now: these take all that has come, and this is more than fits into the socket.
    down.resume();
    up.write(Buffer.alloc(8 * mebibyte));
    await new Promise(setImmediate);
    const closed = Promise.all([once(down, 'close'), once(up, 'close')]);
    down.destroy();
    up.destroy();
    await closed;
    at.host.resume();
    expect(await at.connection.hostname()).to.be.a('string');
  });

  it('should end with an error, once, when more is written than was asked for', async () => {
    const errors: unknown[] = [];
    const stream = await at.volume.upload({ lengthBytes: mebibyte });
    stream.on('error', (error) => errors.push(error));
    for (let i = 0; i < 4; i++) stream.write(content);
    stream.end();
    await new Promise((resolve) => stream.on('close', resolve));
    expect(errors).to.have.length(1);
    expect(errors[0]).to.be.an.instanceOf(RangeError).with.property('message').that.includes('lengthBytes');
    expect(await at.connection.isAlive()).to.equal(true); // libvirtd 11.3 crashes when it gets more
  });

  it('should end with the connection that it was opened from', async () => {
    writeFileSync(await at.volume.path(), Buffer.alloc(64 * mebibyte, 7));
    const stream = await at.volume.download();
    const failed = rejection(stream.toArray());
    await at.connection.close();
    expect(await failed).to.be.an.instanceOf(ConnectionClosedError);
  });

  for (const way of ['upload', 'download'] as const)
    it(`should end its ${way} with ConnectionClosedError, once, when the daemon ends`, async () => {
      writeFileSync(await at.volume.path(), Buffer.alloc(64 * mebibyte, 7));
      const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
      const timersBefore = timers();
      const stream = await at.volume[way]();
      const errors: unknown[] = [];
      stream.on('error', (error) => errors.push(error));
      const closed = new Promise((resolve) => stream.on('close', resolve));
      if (way === 'upload') stream.write(Buffer.alloc(64 * mebibyte, 7));
      else stream.once('data', () => stream.pause()).once('pause', () => stream.resume());
      await at.host.kill();
      await closed;
      // A timer that is left would keep the process.
      expect(timers()).to.be.at.most(timersBefore);
      await at.host.restart();
      expect(errors).to.have.length(1);
      expect(errors[0]).to.be.an.instanceOf(ConnectionClosedError);
    });

  it('should reject with ConnectionClosedError when the daemon has ended before it is opened', async () => {
    const killed = at.host.kill();
    expect(await rejection(at.volume.download())).to.be.an.instanceOf(ConnectionClosedError);
    await killed;
    await at.host.restart();
  });

  it('should reject with the loss of the connection when the daemon ends while it is opened', async () => {
    for (let round = 0; round < 8; round++) {
      await using connection = await Connection.open(at.host.uri);
      const pool = await connection.lookupStoragePoolByName('pool');
      const volume = await pool.lookupVolumeByName('volume.img');
      const open = () =>
        volume.download().then(
          (stream) => stream.on('error', () => undefined),
          (error: unknown) => error,
        );
      const opening = Array.from({ length: 4 }, open);
      await new Promise((resolve) => setTimeout(resolve, 2 * round));
      await at.host.kill();
      for (const opened of await Promise.all(opening))
        if (opened instanceof LibvirtStream) opened.destroy();
        else
          expect(opened)
            .to.be.an.instanceOf(ConnectionClosedError)
            .with.property('reason')
            .not.equal('client');
      await at.host.restart();
    }
  });

  it('should reject with the reason of the signal, whatever that is, when the connection is closed then', async () => {
    const other = await Connection.open(at.host.uri);
    await other.close();
    const lost = await rejection(other.hostname());
    const aborting = new AbortController();
    const opening = rejection(at.volume.download({ signal: aborting.signal }));
    await new Promise(setImmediate);
    aborting.abort(lost);
    await at.connection.close();
    expect(await opening).to.equal(lost);
  });

  it('should not be opened when it does not exist, or the arguments are wrong', async () => {
    await at.volume.delete();
    expect(await rejection(at.volume.download())).to.have.property('code', 'VIR_ERR_NO_STORAGE_VOL');
    expect(await rejection(at.volume.download({ lengthBytes: 0 }))).to.be.an.instanceOf(RangeError);
    expect(await rejection(at.volume.download({ offsetBytes: -1 }))).to.be.an.instanceOf(RangeError);
    expect(await rejection(at.volume.upload({ offset: 1 } as object))).to.be.an.instanceOf(TypeError);
    expect(() => void Reflect.construct(LibvirtStream, [])).to.throw(TypeError);
    const reason = new Error('no');
    expect(await rejection(at.volume.download({ signal: AbortSignal.abort(reason) }))).to.equal(reason);
  });
});
