// Runs specs with the addon built for a sanitizer. Works in a copy of the project, so the ordinary build stays as it
// is.
import { parseArgs } from 'node:util';
import { buildCopy } from './sanitize/copy.mjs';
import { modes } from './sanitize/modes.mjs';
import { runSpecs } from './sanitize/specs.mjs';
import { runMain, SetupError } from './setup/run.mjs';
import { specsCalled } from './specs.mjs';

const defaultSpecs = ['native', 'calls', 'lifecycle', 'events', 'integration'].map(
  (name) => `spec/${name}/*-spec.ts`,
);

// They measure how much the loop reads and delivers in a turn. Code that is compiled for a sanitizer is too slow for that.
const measuring = ['spec/events/backlog-spec.ts', 'spec/events/fair-turns-spec.ts'];

const usage = `Usage: node scripts/sanitize.mjs [--mode address|thread] [--folder <folder>] [<spec glob> ...]

Builds the addon for a sanitizer in a copy of the project, gives Node that sanitizer's runtime, and runs specs
with it. The sanitizer also watches the project's programs that specs start. First run
"npm run setup -- --tests --sanitizers"; "npm run test:sanitized --" does that itself.

  --mode address   AddressSanitizer, UndefinedBehaviorSanitizer and LeakSanitizer; the default
  --mode thread    ThreadSanitizer
  --folder         keeps the copy in this folder, so that the next run compiles only what has changed;
                   the default is a temporary folder that is removed at the end
  --help           this text

Name specs by their source files. Without names, these run:
${defaultSpecs.map((glob) => `  ${glob}`).join('\n')}
but not these, which measure times that a sanitizer changes:
${measuring.map((path) => `  ${path}`).join('\n')}

Ends with 0 when all specs have passed and no sanitizer has reported a fault of this project, with 1 otherwise.
A spec during which a report came is marked. The reports themselves follow at the end.`;

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        mode: { type: 'string', default: 'address' },
        folder: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (!Object.hasOwn(modes, values.mode)) throw new Error(`There is no mode ${values.mode}`);
    return { ...values, specs: positionals };
  } catch (error) {
    throw new SetupError(error.message, usage, 2);
  }
}

function usualSpecs() {
  const left = new Set(specsCalled(measuring));
  return specsCalled(defaultSpecs).filter((path) => !left.has(path));
}

async function main() {
  const { mode, folder, help, specs } = readOptions();
  if (help) {
    console.log(usage);
    return;
  }
  const files = specs.length > 0 ? specsCalled(specs) : usualSpecs();
  const copy = await buildCopy(modes[mode], mode, folder);
  try {
    process.exitCode = await runSpecs(modes[mode], copy.path, files);
  } finally {
    copy.remove();
  }
}

await runMain('sanitize', main);
