// Runs the specs: all of them, or those that are named.
import { spawnSync } from 'node:child_process';
import { root, runMain } from './setup/run.mjs';
import { nativeLoopEnv, nativeLoopSpecs } from './native-loop.mjs';
import { mochaOptions, specsCalled, splitArguments } from './specs.mjs';

const usage = `Usage: npm test -- [<spec> ...] [<option of mocha> ...]

Runs all specs, or only those whose source files are named, such as
  npm test -- spec/loop/from-fd-spec.ts
  npm test -- 'spec/native/*-spec.ts' --bail
  npm test -- --grep poller
  npm test -- --native-loop

A folder stands for all specs in it. With --native-loop, libvirt has the native loop (event.registerNative) in the
specs and in the programs that they start. Without names these are then the specs of streams, calls and hosts.
The exit code is also 1 when no spec was run.
Before that, it sets up what is missing.`;

function main(given) {
  if (given.includes('--help')) {
    console.log(usage);
    return;
  }
  const isNative = given.includes('--native-loop');
  const { names, options } = splitArguments(given.filter((each) => each !== '--native-loop'));
  if (isNative && names.length === 0) names.push(...nativeLoopSpecs());
  // mocha would run the named specs in addition to those of its configuration, hence --no-config.
  const alone = names.length === 0 ? [] : ['--no-config', ...mochaOptions(), ...specsCalled(names)];
  const { status, signal } = spawnSync(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', ...alone, ...options],
    { cwd: root, stdio: 'inherit', env: isNative ? nativeLoopEnv() : process.env },
  );
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status;
}

await runMain('test', () => main(process.argv.slice(2)));
