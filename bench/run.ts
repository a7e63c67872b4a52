// The benchmark's runner: see README.md, or `npm run bench -- --help`.
import { join } from 'node:path';
import { placePrograms, withCheckouts } from './runner/checkouts.js';
import { writeCorrectness } from './runner/correctness.js';
import { versions } from './runner/machine.js';
import { runMatrix } from './runner/matrix.js';
import { workloadOf } from './runner/model.js';
import { log } from './runner/log.js';
import { HELP, readOptions, type Options } from './runner/options.js';
import { bench, built } from './runner/paths.js';
import { buildPrograms } from './runner/programs.js';
import { writeReport } from './runner/report.js';
import { rows } from './runner/rows.js';
import { isMeasured, Store } from './runner/store.js';

/** A name such as `W1` chooses that workload, and not W10, although `W10` contains it. */
function isCalled(row: string, part: string): boolean {
  return /^W\d+$/.test(part) ? workloadOf(row) === part : row.includes(part);
}

/** Where to write unless told. */
function folderFor({ only, also, isQuick, mode }: Options): string {
  if (isQuick) return join(built, 'quick');
  if (also.length > 0) return join(built, 'also');
  // Some rows must not take the place of the summary of all of them.
  return mode === 'run' && only.length > 0 && !isMeasured(bench) ? join(built, 'part') : bench;
}

async function main(options: Options): Promise<void> {
  const { reps, only, peers, also, isQuick, mode } = options;
  if (mode === 'help') return void process.stdout.write(HELP);
  const all = rows(isQuick);
  const others = also.map(({ peer }) => peer);
  const named = only.length ? all.filter(({ name }) => only.some((part) => isCalled(name, part))) : all;
  const chosen = withCheckouts(named, others);
  if (chosen.length === 0) {
    const names = all.map(({ name }) => `  ${name}\n`).join('');
    process.stderr.write(`no row's name contains ${only.join(' or ')}; the rows are\n${names}`);
    process.exitCode = 1;
    return;
  }
  if (mode === 'list') return void process.stdout.write(chosen.map(({ name }) => `${name}\n`).join(''));

  const folder = options.out ?? folderFor(options);
  if (mode === 'report' && !isMeasured(folder)) {
    const results = join(folder, 'results');
    process.stderr.write(
      `no raw results of a finished run in ${results}; git keeps none, so measure first: npm run bench\n`,
    );
    process.exitCode = 1;
    return;
  }
  if (mode !== 'report') buildPrograms();
  if (mode === 'profile') {
    const { profile } = await import('./profile/profile.js');
    return profile(folder, isQuick);
  }
  if (mode === 'correctness') return writeCorrectness(peers, folder);
  const store = new Store(folder);
  also.forEach(placePrograms);
  if (mode === 'run') await runMatrix(chosen, [...peers, ...others], reps, store, versions(also));
  writeReport(store, all, folder);
  log(`wrote ${join(folder, 'RESULTS.md')}`);
}

await main(readOptions(process.argv.slice(2)));
