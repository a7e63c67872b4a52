// Installs a Node of a given major version with its headers, and npm, in a folder of their own.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../setup/run.mjs';
import { run } from './step.mjs';

// The npm package `node` installs this package by a script. It has the program and its headers, for one platform.
const packageName = `node-${process.platform}-${process.arch}`;

/** Where the headers are, below the folder that {@link installNode} resolves with. */
export const nodePackage = `node_modules/${packageName}`;

/** Resolves with the folder whose node_modules/.bin has node and npm. */
export async function installNode(folder, major) {
  const prefix = join(folder, `node-${major}`);
  if (existsSync(join(prefix, 'node_modules/.bin/node'))) return prefix;
  mkdirSync(prefix, { recursive: true });
  writeFileSync(join(prefix, 'package.json'), '{ "private": true }\n');
  const node = `${packageName}@${major}`;
  const npm = `npm@${ask('npm', ['--version'])}`;
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', node, npm];
  await run(`installing Node ${major}`, join(folder, 'logs', `node-${major}.log`), 'npm', args, {
    cwd: prefix,
  });
  return prefix;
}
