import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRoot, nodeDirectory } from '../support/programs/addon-headers.js';
import { reportOf } from '../support/programs/run-script.js';

const run = promisify(execFile);

/** Runs a command that has to fail. Returns what it prints to stderr. */
async function complaintOf(program: string, args: readonly string[], env = process.env): Promise<string> {
  const error: unknown = await run(program, args, { env }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error, `${program} has succeeded`).to.be.an('error').with.property('stderr');
  return String((error as { stderr: unknown }).stderr);
}

describe('a libvirt older than 7.0', () => {
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rxvirt-older-'));
  });

  after(() => rm(directory, { recursive: true, force: true }));

  it('should be refused before anything is compiled', async () => {
    await copyFile(inRoot('binding.gyp'), join(directory, 'binding.gyp'));
    await symlink(inRoot('node_modules'), join(directory, 'node_modules'));
    await writeFile(join(directory, 'libvirt.pc'), 'Name: libvirt\nDescription: -\nVersion: 6.10.0\n');
    const nodeGyp = inRoot('node_modules/node-gyp/bin/node-gyp.js');
    const complaint = await complaintOf(
      process.execPath,
      [nodeGyp, 'configure', '--directory', directory, '--nodedir', await nodeDirectory()],
      { ...process.env, PKG_CONFIG_PATH: directory },
    );
    expect(complaint).to.include('rxvirt needs libvirt 7.0 or newer: install libvirt-dev');
  });

  it('should be refused by the compiler', async () => {
    const { stdout: flags } = await run('pkg-config', ['--cflags', 'libvirt']);
    const complaint = await complaintOf('c++', [
      ...['-fsyntax-only', '-x', 'c++', '-include', inRoot('spec/fixtures/older-libvirt.h')],
      inRoot('addon/libvirt_version.h'),
      ...flags.split(/\s+/).filter((flag) => flag !== ''),
    ]);
    expect(complaint).to.include('rxvirt needs libvirt 7.0 or newer: install a newer libvirt-dev');
  });

  it('should be refused when a process has loaded it', async () => {
    const library = join(directory, 'older-libvirt.so');
    await run('cc', ['-shared', '-fPIC', '-o', library, inRoot('spec/fixtures/older-libvirt.c')]);
    const failure = await reportOf('open-test-host', [], { env: { LD_PRELOAD: library } });
    expect(failure)
      .to.have.property('message')
      .that.includes('rxvirt needs libvirt 7.0.0 or newer, but this process has loaded 6.10.0');
  });
});
