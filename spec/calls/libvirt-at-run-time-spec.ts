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

/** The file of libvirt's client library that a process of this system loads. */
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
    // A function that is called under libvirt's own declaration would be looked for when it is called first.
    const { stdout: symbols } = await run('nm', ['--dynamic', '--undefined-only', addon]);
    expect(symbols)
      .to.include('napi_')
      .and.not.match(/\bvir[A-Z]/);
  });

  it('should be asked for by the first use, which says what to install, and be found as soon as it is there', async () => {
    await using preload = await Preload.of('refuse-libvirt');
    await writeFile(preload.file, '');
    const reported = await reportOf('without-libvirt', [], { env: preload.env });
    expect(reported).to.have.property('uri', 'test:///default');
    for (const use of ['open', 'register']) {
      expect(reported)
        .to.have.nested.property(`failures.${use}.message`)
        .that.matches(/^libvirt's client library can't be opened: .*libvirt-is-missing.*; (run `|install )/);
    }
  });

  it('should lack functions that are newer, whose calls then say so, and have all others', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rxvirt-lacking-'));
    try {
      // The library itself, in which the function has another name. libvirt's own code must not need the function: a
      // library that uses it itself can't be loaded then.
      const library = await readFile(await libraryFile(), 'latin1');
      const lacking = library.replaceAll('\0virDomainCreate\0', '\0virDomainCreatX\0');
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
