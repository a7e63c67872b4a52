// Writes the tables of docs/events.md.
import { readOptions, setUp } from './options.mjs';
import { runMain } from './setup/run.mjs';

const usage = `Usage: npm run docs [-- --check]

Sets up what is missing, then writes the tables of docs/events.md from the rows in lib/events/.

  --check  only fails where they are out of date, or where something is to be filled in by hand
  --help   this text`;

await runMain('docs', async () => {
  const { check = false, help } = readOptions('docs', { options: { check: { type: 'boolean' } } }).values;
  if (help) {
    console.log(usage);
    return;
  }
  setUp('docs');
  // Not before: this imports what set-up compiles.
  const { writeTables } = await import('./docs/write.mjs');
  await writeTables(check);
});
