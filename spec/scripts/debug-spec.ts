import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { inRoot } from '../support/programs/addon-headers.js';

describe('npm run debug -- SPEC', () => {
  function debug(...args: readonly string[]) {
    // No gdb can be found on this path.
    const env = { ...process.env, PATH: '/nonexistent' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('scripts/debug.mjs'), ...args], {
      encoding: 'utf8',
      env,
    });
    return { status, stdout, stderr };
  }

  it('should tell its options with --help', () => {
    const { status, stdout } = debug('--help');
    expect(status).to.equal(0);
    expect(stdout)
      .to.match(/^Usage: npm run debug/)
      .and.to.include('--break');
  });

  it('should say what to install where gdb is missing', () => {
    const { status, stderr } = debug('spec/loop/from-fd-spec.ts');
    expect(stderr)
      .to.match(/^debug: gdb is not installed\n\n/)
      .and.to.include('apt-get install gdb');
    expect(status).to.equal(1);
  });

  it('should refuse to start without a spec, or with the name of a spec that doesn’t exist', () => {
    expect(debug()).to.deep.include({ status: 2, stdout: '' });
    expect(debug('spec/nosuch-spec.ts').stderr).to.match(/^debug: there is no spec spec\/nosuch-spec\.ts\n/);
  });
});
