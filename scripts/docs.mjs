// Writes the tables of docs/events.md, and docs/coverage.md.
import { readOptions, setUp } from './options.mjs';
import { runMain } from './setup/run.mjs';

const usage = `Usage: npm run docs [-- --check] [-- --calls FILE]

Sets up what is missing, then writes the tables of docs/events.md from the rows in lib/events/, and docs/coverage.md
from the methods in lib/.

  --check       only fails where they are out of date, or where something is to be filled in by hand
  --calls FILE  takes from FILE where each function was run: a run of the specs with RXVIRT_CALLS_FILE=FILE writes it
  --help        this text`;

await runMain('docs', async () => {
  const options = { check: { type: 'boolean' }, calls: { type: 'string' } };
  const { check = false, calls, help } = readOptions('docs', { options }).values;
  if (help) {
    console.log(usage);
    return;
  }
  setUp('docs');
  // Not before: this imports what set-up compiles.
  const { writeTables } = await import('./docs/write.mjs');
  await writeTables(check);
  const { takeRuns, writeCoverage } = await import('./docs/coverage.mjs');
  if (calls !== undefined) await takeRuns(calls);
  await writeCoverage(check);
});
