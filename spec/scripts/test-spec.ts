import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../support/programs/addon-headers.js';

describe('npm test -- SPEC', () => {
  /** Does what `npm test` does after set-up, from a folder of the project. The specs are only listed, not run. */
  function test(args: readonly string[], from = '.') {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [inRoot('scripts/test.mjs'), '--dry-run', ...args],
      { encoding: 'utf8', cwd: inRoot('.'), env: { ...process.env, INIT_CWD: inRoot(from) } },
    );
    return { status, stdout, stderr };
  }

  const suitesIn = (stdout: string) => [...stdout.matchAll(/^ {2}(\w+)$/gm)].map(([, title]) => title);

  const names = {
    'from the root': 'spec/errors/redact-spec.ts',
    'that begins with ./': './spec/errors/redact-spec.ts',
    'that is absolute': inRoot('spec/errors/redact-spec.ts'),
    'of what was compiled from it': 'dist/spec/errors/redact-spec.js',
    'with the backslashes of another system': String.raw`spec\errors\redact-spec.ts`,
    'in quotes that the shell has left': "'spec/errors/redact-spec.ts'",
    'that is a glob': 'spec/**/r{eda,nonsense}?t-*.ts',
  };
  for (const [what, name] of Object.entries(names)) {
    it(`should run one file alone by a name ${what}`, () => {
      const { status, stdout, stderr } = test([name]);
      expect(stderr).to.equal('');
      expect(suitesIn(stdout)).to.deep.equal(['redact']);
      expect(status).to.equal(0);
    });
  }

  it('should run one file alone by a name from the folder where npm was called', () => {
    expect(suitesIn(test(['redact-spec.ts'], 'spec/errors').stdout)).to.deep.equal(['redact']);
  });

  it('should give libvirt the native loop, and then run the specs of streams, calls and hosts', () => {
    const { status, stdout } = test(['--native-loop', '--grep', 'watch|HostStream']);
    expect(stdout).to.match(/^ {2}HostStream|watch/m);
    expect(status).to.equal(0);
    expect(test(['--native-loop', 'spec/errors/redact-spec.ts']).status).to.equal(0);
  });

  it('should run all specs of a folder', () => {
    const { status, stdout } = test(['spec/errors/']);
    expect(status).to.equal(0);
    expect(suitesIn(stdout)).to.include.members(['redact', 'reportUnhandled', 'withoutSecrets']);
  });

  it('should take the value of an option for no spec', () => {
    const { status, stdout } = test(['--timeout', '5000', 'spec/errors/redact-spec.ts', '-g', 'spec/errors']);
    expect(stdout).to.include('0 passed, 0 failed');
    expect(status).to.equal(1);
  });

  it('should fail and say so where no title is asked for', () => {
    const { status, stdout } = test(['--grep', 'no such title', 'spec/errors/redact-spec.ts']);
    expect(stdout).to.include('no spec was run: none has such a title\n0 passed, 0 failed\n');
    expect(status).to.equal(1);
  });

  it('should fail and name what keeps the process, where a run does not end by itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rxvirt-'));
    const spec = join(folder, 'endless-spec.cjs');
    await writeFile(spec, `it('should leave a timer', () => void setInterval(() => {}, 1000));`);
    const mocha = inRoot('node_modules/mocha/bin/mocha.js');
    const reporter = ['--reporter', inRoot('spec/support/summary-reporter.cjs')];
    const limit = ['--reporter-option', 'endLimitMs=100'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [mocha, '--no-config', ...reporter, ...limit, spec],
      { encoding: 'utf8', timeout: 20_000 },
    );
    await rm(folder, { recursive: true });
    expect(stdout).to.include('1 passed, 0 failed');
    expect(stderr).to.match(/the process did not end by itself in 100 ms. What keeps it: .*Timeout/);
    expect(status).to.equal(1);
  });

  const wrong = {
    'spec/errors/nosuch-spec.ts': 'there is no spec spec/errors/nosuch-spec.ts',
    'spec/nosuch/*-spec.ts': 'there is no spec spec/nosuch/*-spec.ts',
    'spec/fixtures': 'there is no spec spec/fixtures',
    '../elsewhere-spec.ts': 'there is no spec ../elsewhere-spec.ts',
    'lib/errors/redact.ts': 'lib/errors/redact.ts is not a spec: names of specs end with -spec.ts',
  };
  for (const [name, message] of Object.entries(wrong)) {
    it(`should run nothing for ${name}, fail and say how to name specs`, () => {
      const { status, stdout, stderr } = test(['spec/errors/redact-spec.ts', name]);
      expect(stderr).to.include(`test: ${message}\n\nName specs by their sources`);
      expect(stdout).to.equal('');
      expect(status).to.equal(1);
    });
  }
});
