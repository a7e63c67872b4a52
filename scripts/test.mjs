// Runs the specs: all of them, or those that are named.
import { spawnSync } from 'node:child_process';
import { root } from './setup/run.mjs';
import { compiled, mochaOptions } from './specs.mjs';

const usage = `Usage: npm test -- [<spec> ...] [<option of mocha> ...]

Runs all specs, or those that are named by their sources alone, such as
  npm test -- spec/loop/from-fd-spec.ts
  npm test -- 'spec/native/*-spec.ts' --bail
  npm test -- --grep poller

What is missing to run them is set up first.`;

const given = process.argv.slice(2);
if (given.includes('--help')) {
  console.log(usage);
} else {
  const isSpec = (argument) => /^[^-].*\.[jt]s$/.test(argument);
  const specs = given.filter(isSpec).map(compiled);
  const options = given.filter((argument) => !isSpec(argument));
  // mocha adds what is named to what its configuration names.
  const alone = specs.length === 0 ? [] : ['--no-config', ...mochaOptions(), ...specs];
  const { status, signal } = spawnSync(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', ...alone, ...options],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status;
}
