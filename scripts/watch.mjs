// Compiles what is changed, and runs the specs that it touches, until it is stopped.
import { spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './setup/run.mjs';
import { mochaOptions, specsTouchedBy } from './specs.mjs';

const folders = ['lib', 'spec', 'bin'];
// Editors write a file in several steps.
const quietMs = 100;

const node = (...args) =>
  spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FORCE_COLOR: '1' },
  }).status === 0;

function runTouched(sources) {
  console.log(`\nwatch: ${sources.join(', ')}`);
  if (!node('node_modules/typescript/bin/tsc', '--build', '.', 'spec')) return;
  const specs = specsTouchedBy(sources);
  if (specs.length === 0) console.log('watch: no spec is touched');
  else node('node_modules/mocha/bin/mocha.js', '--no-config', ...mochaOptions(), ...specs);
}

const changed = new Set();
let wake = () => undefined;
for (const folder of folders) {
  watch(join(root, folder), { recursive: true }, (_, name) => {
    if (name === null || !name.endsWith('.ts')) return;
    changed.add(join(folder, name));
    wake();
  });
}
console.log(`watch: waiting for changes in ${folders.join(', ')}; end it with Ctrl+C`);
for (;;) {
  if (changed.size === 0) await new Promise((resolve) => (wake = resolve));
  await delay(quietMs);
  const sources = [...changed];
  changed.clear();
  runTouched(sources);
}
