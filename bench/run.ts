// The benchmark's runner: see README.md, or `npm run bench -- --help`.
import { join } from 'node:path';
import { placePrograms, withCheckouts } from './runner/checkouts.js';
import { writeCorrectness } from './runner/correctness.js';
import { versions } from './runner/machine.js';
import { runMatrix } from './runner/matrix.js';
import { workloadOf } from './runner/model.js';
import { HELP, readOptions, type Options } from './runner/options.js';
import { bench, built } from './runner/paths.js';
import { buildPrograms } from './runner/programs.js';
import { writeReport } from './runner/report.js';
import { rows } from './runner/rows.js';
import { Store } from './runner/store.js';

/** `W1` is a workload, and no part of W10. */
function isCalled(row: string, part: string): boolean {
  return /^W\d+$/.test(part) ? workloadOf(row) === part : row.includes(part);
}

async function main({ reps, only, peers, also, isQuick, out, mode }: Options): Promise<void> {
  if (mode === 'help') return void process.stdout.write(HELP);
  const all = rows(isQuick);
  const others = also.map(({ peer }) => peer);
  const named = only.length ? all.filter(({ name }) => only.some((part) => isCalled(name, part))) : all;
  const chosen = withCheckouts(named, others);
  if (chosen.length === 0) {
    const names = all.map(({ name }) => `  ${name}\n`).join('');
    process.stderr.write(`no row's name contains ${only.join(' or ')}; there are\n${names}`);
    process.exitCode = 1;
    return;
  }
  if (mode === 'list') return void process.stdout.write(chosen.map(({ name }) => `${name}\n`).join(''));

  const folder = out ?? (isQuick ? join(built, 'quick') : also.length ? join(built, 'also') : bench);
  buildPrograms();
  if (mode === 'profile') {
    const { profile } = await import('./profile/profile.js');
    return profile(folder, isQuick);
  }
  if (mode === 'correctness') return writeCorrectness(peers, folder);
  const store = new Store(folder);
  also.forEach(placePrograms);
  if (mode === 'run') await runMatrix(chosen, [...peers, ...others], reps, store, versions(also));
  writeReport(store, all, folder);
}

await main(readOptions(process.argv.slice(2)));
