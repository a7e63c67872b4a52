// Compiles the TypeScript sources with tsc's incremental build. Doesn't start tsc when nothing has changed.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { root, run } from './run.mjs';

const stampFile = 'dist/.stamp.json';
const sourcePattern = /\.[cm]?ts$|\.json$/;

const library = { path: '.', folders: ['lib', 'bin'] };
// Some specs use the benchmark's runner, hence bench.
const specs = { path: 'spec', folders: ['spec', 'bench'] };
const benchmark = { path: 'bench', folders: ['bench'] };

/** Removes the compiled files of sources that no longer exist. tsc leaves them, and mocha would run them. */
export function removeOrphans(folder) {
  for (const output of filesUnder(`dist/${folder}`, /\.[cm]?js(\.map)?$|\.d\.[cm]?ts$/)) {
    const source = output
      .slice('dist/'.length)
      .replace(
        /\.d\.([cm]?)ts$|\.([cm]?)js(\.map)?$/,
        (_, declared = '', script = '') => `.${declared || script}ts`,
      );
    if (!existsSync(join(root, source))) rmSync(join(root, output));
  }
}

export async function compileTypeScript({ tests, bench }) {
  const stamp = readStamp(stampFile);
  // The other projects use the library's types, so they are compiled again when the library or their own sources
  // change.
  const sourcesOf = ({ folders }) => folders.flatMap((folder) => filesUnder(folder, sourcePattern));
  const shared = ['tsconfig.json', 'package.json', 'package-lock.json', ...sourcesOf(library)];
  const stale = [];
  for (const project of [library, ...(tests ? [specs] : []), ...(bench ? [benchmark] : [])]) {
    const wanted = fingerprint(project === library ? shared : [...shared, ...sourcesOf(project)]);
    if (stamp[project.path] !== wanted) stale.push({ ...project, wanted });
  }
  if (stale.length === 0) return;

  const paths = stale.map((project) => project.path);
  await run(
    'compiling TypeScript',
    process.execPath,
    ['node_modules/typescript/bin/tsc', '--build', ...paths],
    {
      advice: 'Correct the errors above, then run the same command again.',
    },
  );
  for (const project of stale) {
    project.folders.forEach(removeOrphans);
    stamp[project.path] = project.wanted;
  }
  writeStamp(stampFile, stamp);
}
