import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRoot } from '../support/programs/addon-headers.js';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';

const run = promisify(execFile);
const addon = inRoot('build/Release/rxvirt.node');

/** The file of libvirt's client library that processes on this system load. */
async function libraryFile(): Promise<string> {
  const { stdout } = await run('ldd', [inRoot('build/Release/spec_native.node')]);
  const [, file] = /libvirt\.so\.0 => (\S+)/.exec(stdout) ?? [];
  expect(file, 'libvirt.so.0').to.be.a('string');
  return String(file);
}

describe('libvirt, opened at run time', () => {
  it('should not be needed to load the addon', async () => {
    const { stdout: needed } = await run('readelf', ['--dynamic', addon]);
    expect(needed).to.include('NEEDED').and.not.include('libvirt');
    // Code that calls a function of libvirt directly would leave an undefined symbol, to be resolved at the first call.
    const { stdout: symbols } = await run('nm', ['--dynamic', '--undefined-only', addon]);
    expect(symbols)
      .to.include('napi_')
      .and.not.match(/\bvir[A-Z]/);
  });

  it('should be opened by the first use, which says what to install when it is missing; and again by the next use', async () => {
    await using preload = await Preload.of('refuse-libvirt');
    await writeFile(preload.file, '');
    const reported = await reportOf('without-libvirt', [], { env: preload.env });
    expect(reported).to.have.property('uri', 'test:///default');
    for (const use of ['open', 'register', 'watch', 'watchAll']) {
      expect(reported)
        .to.have.nested.property(`failures.${use}.message`)
        .that.matches(/^libvirt's client library can't be opened: .*libvirt-is-missing.*; (run `|install )/);
    }
  });

  it('should call all functions that it has, and reject calls of a newer one with the version that has it', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rxvirt-lacking-'));
    try {
      // A copy of the library, in which this function has another name. libvirt's own code must not call the function:
      // otherwise this copy could not be loaded.
      const library = await readFile(await libraryFile(), 'latin1');
      const lacking = library.replaceAll('\0virDomainCreateWithFlags\0', '\0virDomainCreateWithFlagX\0');
      expect(lacking).not.to.equal(library);
      await writeFile(join(directory, 'libvirt.so.0'), lacking, 'latin1');
      const reported = await reportOf('without-a-function', [], { env: { LD_LIBRARY_PATH: directory } });
      expect(reported).to.have.property('failure').that.includes({
        name: 'LibvirtError',
        code: 'VIR_ERR_NO_SUPPORT',
      });
      expect(reported)
        .to.have.nested.property('failure.message')
        .that.matches(/^domain 'test' can't be started on test:\/\/\/default: this needs libvirt 7\.0/);
      expect(reported).to.have.nested.property('state.state', 'running');
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
