// Builds the C programs. scripts/setup.mjs --bench has installed the Debian packages that they and the peers need.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bench } from './paths.js';

export function buildPrograms(): void {
  const args = ['--silent', '-C', bench, ...nodeInclude()];
  if (spawnSync('make', args, { stdio: ['ignore', 2, 2] }).status !== 0) {
    throw new Error('the C programs of the benchmark do not build');
  }
}

/** The headers of the running Node.js: the ones beside it, or the ones with which node-gyp built the addon. */
function nodeInclude(): string[] {
  const folders = [
    join(process.execPath, '../..'),
    join(homedir(), '.cache/node-gyp', process.versions.node),
  ];
  const found = folders
    .map((folder) => join(folder, 'include/node'))
    .find((folder) => existsSync(join(folder, 'node_api.h')));
  return found ? [`NODE_INCLUDE=${found}`] : [];
}
