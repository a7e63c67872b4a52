// The benchmark's runner: see README.md, or `npm run bench -- --help`.
import { join } from 'node:path';
import { runMatrix } from './runner/matrix.js';
import { HELP, readOptions, type Options } from './runner/options.js';
import { bench, built } from './runner/paths.js';
import { buildPrograms } from './runner/programs.js';
import { writeCorrectness } from './runner/correctness.js';
import { writeReport } from './runner/report.js';
import { rows } from './runner/rows.js';

import { Store } from './runner/store.js';

async function main({ reps, only, peers, isQuick, out, mode }: Options): Promise<void> {
  if (mode === 'help') return void process.stdout.write(HELP);
  const all = rows(isQuick);
  const chosen = only.length ? all.filter(({ name }) => only.some((part) => name.includes(part))) : all;
  if (mode === 'list') return void process.stdout.write(chosen.map(({ name }) => `${name}\n`).join(''));

  const folder = out ?? (isQuick ? join(built, 'quick') : bench);
  buildPrograms();
  if (mode === 'profile') {
    const { profile } = await import('./profile/profile.js');
    return profile(folder, isQuick);
  }
  if (mode === 'correctness') return writeCorrectness(peers, folder);
  const store = new Store(folder);
  if (mode === 'run') await runMatrix(chosen, peers, reps, store);
  writeReport(store, all, folder);
}

await main(readOptions(process.argv.slice(2)));
