// Runs one long command. Its output goes to a log file, and one line to the terminal.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupError } from '../setup/run.mjs';

const dotEveryMs = 10_000;
const linesShown = 30;

/** Resolves with whether the command succeeded. */
export async function attempt(title, log, command, args, options = {}) {
  process.stdout.write(`matrix: ${title} ...`);
  const started = Date.now();
  const dots = setInterval(() => process.stdout.write('.'), dotEveryMs);
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  writeSync(output, `$ ${[command, ...args].join(' ')}\n`);
  const child = spawn(command, args, { ...options, stdio: ['ignore', output, output] });
  // When the command is killed, its namespaces end, and everything that runs inside them.
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  try {
    const isDone = await new Promise((resolve) => {
      child.once('error', (error) => {
        writeSync(output, `${error.message}\n`);
        resolve(false);
      });
      child.once('close', (code) => resolve(code === 0));
    });
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stdout.write(`${isDone ? '' : ' failed after'} ${seconds} s\n`);
    return isDone;
  } finally {
    process.off('exit', stop);
    clearInterval(dots);
    closeSync(output);
  }
}

/** Runs a command that has to succeed. */
export async function run(title, log, command, args, options = {}) {
  if (await attempt(title, log, command, args, options)) return;
  const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-linesShown);
  throw new SetupError(`${title} failed; the end of ${log}:`, end.join('\n'));
}
