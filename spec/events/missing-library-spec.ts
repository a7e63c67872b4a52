import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { reportOf } from '../support/run-script.js';

const source = fileURLToPath(new URL('../../../spec/fixtures/refuse-libvirt-qemu.c', import.meta.url));

describe('monitor events without libvirt-qemu', () => {
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rxvirt-preload-'));
  });

  after(() => rm(directory, { recursive: true, force: true }));

  it('should be unsupported, and everything else as usual', async () => {
    const library = join(directory, 'preload.so');
    await promisify(execFile)('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl']);
    const reported = await reportOf('without-libvirt-qemu', [], { env: { LD_PRELOAD: library } });
    expect(reported).to.have.nested.property('failure.name', 'UnsupportedEventError');
    expect(reported).to.have.nested.property('failure.message').that.includes('libvirt-qemu-is-missing.so');
    expect(reported)
      .to.have.property('supported')
      .that.deep.equals(['domain', 'network', 'storage-pool', 'node-device', 'secret', 'connection']);
  });
});
