import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../support/programs/addon-headers.js';

describe('the options of npm run docs, watch and debug', () => {
  // Only the scripts are here. Whatever builds something fails, or leaves a file.
  let clone: string;
  before(() => {
    clone = mkdtempSync(join(tmpdir(), 'rxvirt-options-spec-'));
    for (const path of ['package.json', 'scripts'])
      cpSync(inRoot(path), join(clone, path), { recursive: true });
  });
  after(() => {
    rmSync(clone, { recursive: true });
  });

  function run(script: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script, '--', ...args], {
      cwd: clone,
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { status, stdout, stderr };
  }

  for (const script of ['docs', 'watch', 'debug']) {
    it(`should tell how to use ${script}, and build nothing`, () => {
      for (const option of ['--help', '-h']) {
        const { status, stdout, stderr } = run(script, option);
        expect(stdout).to.match(new RegExp(`^Usage: npm run ${script}`));
        expect(stdout).to.not.include('setup:');
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
      }
    });

    it(`should refuse an option that ${script} doesn't have, in one line, and build nothing`, () => {
      const { status, stdout, stderr } = run(script, '--bogus');
      expect(stderr).to.match(
        new RegExp(`^${script}: Unknown option '--bogus'[^\n]*; npm run ${script} -- --help tells more\n$`),
      );
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
    });
  }

  it('should refuse a port that Node can’t have for its inspector', () => {
    for (const port of ['99999', '80', 'x', '-1']) {
      const { status, stdout, stderr } = run('debug', `--port=${port}`, 'spec/loop/from-fd-spec.ts');
      expect(stderr).to.match(/^debug: --port takes 0 or a number from 1024 to 65535, not [^\n]*\n$/);
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
    }
  });
});
