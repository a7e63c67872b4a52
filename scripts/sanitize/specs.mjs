// Runs the specs of a copy. The run passes when the specs pass and no sanitizer's report counts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOf } from './copy.mjs';
import { reportsFolder } from './modes.mjs';

const { watchReports } = createRequire(import.meta.url)('./reports.cjs');
const reporter = fileURLToPath(new URL('reporter.cjs', import.meta.url));

/** Resolves with the exit code. */
export async function runSpecs(mode, copy, specs) {
  const reports = join(copy, reportsFolder);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports);
  // The runtimes keep a shadow of all memory at fixed addresses. Memory at random addresses can overlap it, so setarch
  // switches random addresses off.
  const mocha = [
    'setarch',
    '-R',
    nodeOf(copy),
    '--expose-gc',
    '--enable-source-maps',
    'node_modules/mocha/bin/mocha.js',
  ];
  const [command, ...args] = [
    ...mocha,
    '--no-config',
    '--reporter',
    reporter,
    '--timeout',
    '600000',
    ...specs,
  ];
  const started = Date.now();
  const child = spawn(command, args, {
    cwd: copy,
    stdio: 'inherit',
    env: { ...process.env, ...mode.environment(copy), RXVIRT_REPORTS: reports },
  });
  const [code, signal] = await once(child, 'exit');

  const ours = watchReports(reports)();
  for (const { name, text } of ours) console.error(`\n--- ${name}\n${text}`);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `sanitize: specs ended with ${signal ?? code} after ${seconds} s, ${ours.length} processes with reports`,
  );
  return code === 0 && ours.length === 0 ? 0 : 1;
}
