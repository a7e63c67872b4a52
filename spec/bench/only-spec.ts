import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { inRoot } from '../support/programs/addon-headers.js';

describe('the option --only of the benchmarks', () => {
  function run(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('dist/bench/run.js'), ...args], {
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }
  const namesOf = (lines: string) => lines.trimEnd().split('\n');

  it('should end with exit code 1 when no row has that name, and list the rows', () => {
    const all = namesOf(run('--list').stdout);
    expect(all).to.have.length.above(10);
    expect(run('--only', 'nosuch')).to.deep.equal({
      status: 1,
      stdout: '',
      stderr: ["no row's name contains nosuch; the rows are", ...all.map((name) => `  ${name}`), ''].join(
        '\n',
      ),
    });
  });

  it('should take W1 for a workload, and no part of W10', () => {
    const { status, stdout } = run('--list', '--only', 'W1');
    expect(status).to.equal(0);
    expect(namesOf(stdout).filter((name) => !name.startsWith('W1 '))).to.deep.equal([]);
  });

  it('should take anything else for a part of names', () => {
    expect(namesOf(run('--list', '--only', 'calls from a thread').stdout)).to.deep.equal([
      'W2 in process, calls from a thread',
    ]);
  });
});
