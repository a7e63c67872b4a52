// Compiles when a source file changes, and runs the specs that import the file. Goes on until it is stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { filesUnder } from './setup/fingerprint.mjs';
import { readOptions, setUp } from './options.mjs';
import { root, runMain } from './setup/run.mjs';
import { removeOrphans } from './setup/typescript.mjs';
import { mochaOptions, specsTouchedBy } from './specs.mjs';

const usage = `Usage: npm run watch

Sets up what is missing. Then, after each change of a source file, it compiles, and runs the specs that import the file.
Goes on until Ctrl+C.

  --help   this text`;

const folders = ['lib', 'spec', 'bin'];
// Also long enough for an editor that writes a file in several steps.
const lookEveryMs = 300;

let child;

/** Runs a JavaScript program with Node, and returns whether it succeeded. */
async function node(...args) {
  child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FORCE_COLOR: '1' },
  });
  const [code] = await once(child, 'exit');
  child = undefined;
  return code === 0;
}

/**
 * The size of each source, and the time of its last change. Looking at all of them costs little. It also finds new
 * folders, which notifications from the kernel can miss.
 */
function sourcesNow() {
  const files = folders.flatMap((folder) => filesUnder(folder, /\.ts$/));
  return new Map(
    files.map((file) => {
      const stat = statSync(join(root, file), { throwIfNoEntry: false });
      return [file, `${stat?.mtimeMs} ${stat?.size}`];
    }),
  );
}

/** Compiles, and runs the specs that import one of the sources. Returns whether everything could be compiled. */
async function runTouched(sources) {
  console.log(`\nwatch: ${sources.join(', ')}`);
  if (!(await node('node_modules/typescript/bin/tsc', '--build', '.', 'spec'))) {
    console.log('watch: does not compile; waiting for changes');
    return false;
  }
  folders.forEach(removeOrphans);
  const specs = specsTouchedBy(sources);
  if (specs.length === 0) console.log('watch: no spec imports these files');
  else await node('node_modules/mocha/bin/mocha.js', '--no-config', ...mochaOptions(), ...specs);
  return true;
}

async function main() {
  if (readOptions('watch').values.help) {
    console.log(usage);
    return;
  }
  setUp('watch', '--tests');
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.once(signal, () => {
      // mocha passes on only SIGINT to the process that runs the specs.
      child?.kill('SIGINT');
      process.exit(code);
    });
  }

  console.log(`watch: waiting for changes in ${folders.join(', ')}; end it with Ctrl+C`);
  const changed = new Set();
  let before = sourcesNow();
  for (;;) {
    await delay(lookEveryMs);
    const now = sourcesNow();
    const differing = [...new Set([...before.keys(), ...now.keys()])].filter(
      (file) => before.get(file) !== now.get(file),
    );
    before = now;
    if (differing.length === 0) continue;
    differing.forEach((file) => changed.add(file));
    // Sources that could not be compiled stay in the set until a later change repairs them.
    if (await runTouched([...changed])) changed.clear();
  }
}

await runMain('watch', main);
