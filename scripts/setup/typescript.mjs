// The TypeScript sources, by tsc's own incremental build, which isn't even started when nothing changed.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { root, run } from './run.mjs';

const stampFile = 'dist/.stamp.json';
const sourcePattern = /\.[cm]?ts$|\.json$/;

const library = { path: '.', folders: ['lib', 'bin'] };
// Some of them run the benchmarks' runner.
const specs = { path: 'spec', folders: ['spec', 'bench'] };
const benchmark = { path: 'bench', folders: ['bench'] };

/** tsc leaves the output of a source that is gone, and mocha would go on to run it. */
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
  // The others see the library's types, so they are checked again when either changed.
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
