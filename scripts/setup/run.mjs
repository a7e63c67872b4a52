// Runs commands. Their output goes to a log file, and one line for each command to the terminal.
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  appendFileSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const privateFolder = join(root, '.setup');

const logName = '.setup/setup.log';
const log = join(root, logName);
const linesShown = 40;
const dotEveryMs = 3000;
let isLogFresh = false;

/** A failure. Its `advice` says what to do next, unless the message does. */
export class SetupError extends Error {
  constructor(message, advice, exitCode = 1) {
    super(message);
    this.name = 'SetupError';
    this.advice = advice;
    this.exitCode = exitCode;
  }
}

/** Runs a script. A SetupError becomes a message of the script `name`, with advice, and the exit code. */
export async function runMain(name, main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`${name}: ${error.message}${error.advice === undefined ? '' : `\n\n${error.advice}`}`);
    process.exitCode = error.exitCode;
  }
}

/** Looks for a command on PATH, and also in the folders of administrators' commands, which PATH may lack. */
export function isOnPath(command) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a command that ends at once, and returns what it prints; null when it fails or doesn't exist. */
export function ask(command, args) {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : null;
}

function openLog(command, args) {
  if (!isLogFresh) rmSync(log, { force: true });
  isLogFresh = true;
  mkdirSync(dirname(log), { recursive: true });
  appendFileSync(log, `$ ${[command, ...args].join(' ')}\n`);
  return openSync(log, 'a');
}

/** Runs a command, and prints dots while it runs. Resolves with whether it succeeded. */
export async function attempt(title, command, args, env = {}) {
  process.stdout.write(`setup: ${title} ...`);
  const started = Date.now();
  const dots = setInterval(() => process.stdout.write('.'), dotEveryMs);
  const output = openLog(command, args);
  try {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output],
    });
    // When this process ends, its lock is removed. So the command that the lock guards has to end too.
    const stop = () => child.kill();
    process.once('exit', stop);
    const isDone = await new Promise((resolve) => {
      child.once('error', (error) => {
        appendFileSync(log, `${error.message}\n`);
        resolve(false);
      });
      child.once('close', (code) => resolve(code === 0));
    });
    process.off('exit', stop);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${isDone ? '' : ' failed after'} ${seconds} s\n`);
    return isDone;
  } finally {
    clearInterval(dots);
    closeSync(output);
  }
}

/** Runs a command that has to succeed. */
export async function run(title, command, args, { advice, env }) {
  if (await attempt(title, command, args, env)) return;
  const text = readFileSync(log, 'utf8').trimEnd();
  const end = text
    .slice(text.lastIndexOf('\n$ ') + 1)
    .split('\n')
    .slice(-linesShown);
  throw new SetupError(
    `${title} failed; the end of ${logName}:`,
    `${end.map((line) => `  ${line}`).join('\n')}\n\n${advice}`,
  );
}
