import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../support/programs/addon-headers.js';

describe('the summary of the benchmarks', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rxvirt-bench-spec-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function report() {
    const args = [inRoot('dist/bench/run.js'), '--report', '--out', folder];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, stderr };
  }

  function writeResults(name: string, value: unknown): void {
    mkdirSync(join(folder, 'results'), { recursive: true });
    writeFileSync(join(folder, 'results', name), `${JSON.stringify(value)}\n`);
  }

  it('should not be written anew where there are no raw results, and say how to get them', () => {
    const { status, stderr } = report();
    expect(status).to.equal(1);
    expect(stderr).to.equal(
      `no raw results of a finished run in ${folder}/results; git keeps none, so measure first: npm run bench\n`,
    );
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('should be made from the raw results, with a chart', () => {
    const at = '2026-01-02T03:04:05.678Z';
    writeResults('runs.jsonl', { at, command: 'it', machine: {}, versions: {}, spinMs: [], leftOut: {} });
    const row = 'W2 in process, calls from a thread';
    writeResults('W2.jsonl', { run: at, row, rep: 0, peer: 'rxvirt', figures: { events_per_s: 4321 } });
    expect(report()).to.deep.equal({ status: 0, stderr: `bench: wrote ${folder}/RESULTS.md\n` });
    expect(readFileSync(join(folder, 'RESULTS.md'), 'utf8'))
      .to.include(`## Run of ${at}`)
      .and.to.match(/^\| \*\*rxvirt\*\* \| \*\*4321\*\* /m);
    expect(readdirSync(join(folder, 'charts'))).to.deep.equal(['W2.svg']);
  });
});
