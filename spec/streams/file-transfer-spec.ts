import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { StreamProgress } from '../../lib/index.js';
import { reportOf } from '../support/programs/run-script.js';
import { volumeAndFile } from '../support/qemu/volume-and-file.js';

const mebibyte = 1 << 20;

describe('a storage volume and a file', () => {
  const content = randomBytes(5 * mebibyte + 12_345);
  const zeros = Buffer.alloc(3 * mebibyte);
  const holey = Buffer.concat([zeros, content.subarray(0, 131_072), zeros, Buffer.from('end'), zeros]);
  const at = volumeAndFile(content.length);

  const bytesOnDisk = (path: string) => statSync(path).blocks * 512;
  const makeHoles = (path: string) => execFileSync('fallocate', ['--dig-holes', path]);

  it('should be the same after an upload from the at.file, and after a download to it', async () => {
    writeFileSync(at.file, content);
    expect(await at.volume.uploadFrom(at.file)).to.equal(content.length);
    expect(readFileSync(at.volumeFile).equals(content)).to.equal(true);
    writeFileSync(at.file, Buffer.alloc(content.length + 1, 7)); // what the file had is gone then
    expect(await at.volume.downloadTo(at.file)).to.equal(content.length);
    expect(readFileSync(at.file).equals(content)).to.equal(true);
  });

  it('should be transferred in parts, and no more of the file than was asked for', async () => {
    writeFileSync(at.volumeFile, content);
    writeFileSync(at.file, 'rxvirt and more');
    expect(await at.volume.uploadFrom(at.file, { offsetBytes: 1000, lengthBytes: 6 })).to.equal(6);
    expect(await at.volume.downloadTo(at.file, { offsetBytes: 998n, lengthBytes: 10 })).to.equal(10);
    const expected = [content.subarray(998, 1000), Buffer.from('rxvirt'), content.subarray(1006, 1008)];
    expect(readFileSync(at.file)).to.deep.equal(Buffer.concat(expected));
    expect(statSync(at.volumeFile).size).to.equal(content.length);
  });

  it('should both keep their holes with sparse', async () => {
    await at.volume.resize(holey.length + mebibyte);
    writeFileSync(at.file, holey);
    makeHoles(at.file);
    expect(await at.volume.uploadFrom(at.file, { sparse: true })).to.equal(holey.length);
    const whole = Buffer.concat([holey, Buffer.alloc(mebibyte)]);
    expect(readFileSync(at.volumeFile).equals(whole)).to.equal(true);
    expect(bytesOnDisk(at.volumeFile)).to.be.below(mebibyte);
    writeFileSync(at.file, Buffer.alloc(whole.length * 2, 7));
    expect(await at.volume.downloadTo(at.file, { sparse: true })).to.equal(whole.length);
    expect(readFileSync(at.file).equals(whole)).to.equal(true);
    expect(bytesOnDisk(at.file)).to.be.below(mebibyte);
  });

  it('should have zeros where the file has holes, when the volume had a content', async () => {
    writeFileSync(at.volumeFile, Buffer.alloc(holey.length, 7));
    writeFileSync(at.file, holey);
    makeHoles(at.file);
    for (const sparse of [true, false]) {
      await at.volume.uploadFrom(at.file, { sparse });
      expect(readFileSync(at.volumeFile).equals(holey)).to.equal(true);
    }
  });

  it('should send a part of the file that ends in a hole', async () => {
    writeFileSync(at.volumeFile, Buffer.alloc(content.length, 7));
    writeFileSync(at.file, holey);
    makeHoles(at.file);
    expect(await at.volume.uploadFrom(at.file, { lengthBytes: mebibyte })).to.equal(mebibyte);
    const sent = Buffer.concat([holey.subarray(0, mebibyte), Buffer.alloc(content.length - mebibyte, 7)]);
    expect(readFileSync(at.volumeFile).equals(sent)).to.equal(true);
  });

  it('should be empty when the other one is', async () => {
    truncateSync(at.volumeFile, 0);
    expect(await at.volume.downloadTo(at.file)).to.equal(0);
    expect(statSync(at.file).size).to.equal(0);
    expect(await at.volume.uploadFrom(at.file)).to.equal(0);
  });

  it('should be transferred to a device, with the zeros of its holes', async () => {
    truncateSync(at.volumeFile, 3 * mebibyte);
    expect(await at.volume.downloadTo('/dev/null', { sparse: true })).to.equal(3 * mebibyte);
    expect(await at.volume.uploadFrom('/dev/zero', { lengthBytes: mebibyte })).to.equal(mebibyte);
  });

  it('should tell how far the transfer is', async () => {
    at.fillVolume();
    const told: StreamProgress[] = [];
    const onProgress = (progress: StreamProgress) => told.push(progress);
    await at.volume.downloadTo(at.file, { onProgress });
    expect(told.at(-1)).to.deep.equal({ bytes: 64 * mebibyte, totalBytes: 64 * mebibyte });
    expect(told.map(({ bytes }) => bytes)).to.deep.equal(
      told.map(({ bytes }) => bytes).sort((a, b) => a - b),
    );
    await at.volume.uploadFrom(at.file, { onProgress, lengthBytes: mebibyte });
    expect(told.at(-1)).to.deep.equal({ bytes: mebibyte, totalBytes: mebibyte });
    await at.volume.uploadFrom(at.file, { onProgress });
    expect(told.at(-1)).to.deep.equal({ bytes: 64 * mebibyte, totalBytes: 64 * mebibyte });
  });

  it('should be opened once: a transfer needs no further descriptor', async () => {
    at.fillVolume();
    const limit = (soft: string) =>
      execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${soft}:`]);
    const taken: number[] = [];
    const takeAll = () => {
      for (;;)
        try {
          taken.push(openSync('/dev/null', 'r'));
        } catch {
          return;
        }
    };
    const before = String(
      execFileSync('prlimit', ['--pid', String(process.pid), '--nofile', '--noheadings', '--output', 'SOFT']),
    ).trim();
    limit('512');
    try {
      await at.volume.downloadTo(at.file, { onProgress: takeAll });
    } finally {
      for (const fd of taken) closeSync(fd);
      limit(before);
    }
    expect(taken).not.to.have.length(0);
    expect(statSync(at.file).size).to.equal(64 * mebibyte);
  });

  it('should be transferred as a whole where it has less than lengthBytes, which may have 64 bits', async () => {
    writeFileSync(at.file, content);
    expect(await at.volume.uploadFrom(at.file, { lengthBytes: 2n ** 63n })).to.equal(content.length);
    expect(await at.volume.downloadTo(at.file, { lengthBytes: 2n ** 63n })).to.equal(content.length);
  });

  it('should tell of a file with thousands of holes about ten times a second', async () => {
    const size = 32 * mebibyte;
    const fd = openSync(at.file, 'w');
    ftruncateSync(fd, size);
    for (let at = 0; at < size; at += 8192) writeSync(fd, 'x', at);
    closeSync(fd);
    await at.volume.resize(size);
    let told = 0;
    const from = performance.now();
    const onProgress = () => told++;
    await at.volume.uploadFrom(at.file, { sparse: true, onProgress });
    await at.volume.downloadTo(`${at.file}.copy`, { sparse: true, onProgress });
    expect(told).to.be.at.most((performance.now() - from) / 100 + 4);
    expect(readFileSync(`${at.file}.copy`).equals(readFileSync(at.file))).to.equal(true);
  });

  it('should be right with libvirt’s default loop, and wait for a silent host without work', async () => {
    const { cpuMs, ...rest } = (await reportOf('file-by-default-loop')) as { cpuMs: number };
    expect(rest).to.deep.equal({ isUploaded: true, isDownloaded: true });
    expect(cpuMs).to.be.below(500);
  });
});
