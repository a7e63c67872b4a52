// Which specs there are, by the names that people give them, and which of them a changed file touches.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { filesUnder } from './setup/fingerprint.mjs';
import { root } from './setup/run.mjs';

/** A spec's source, or a glob of them, as what was compiled from it. */
export const compiled = (name) => {
  const path = relative(root, join(process.cwd(), name));
  return path.replace(/^spec\//, 'dist/spec/').replace(/\.ts$/, '.js');
};

/** The options in .mocharc.json but for the specs, as mocha's arguments. */
export function mochaOptions() {
  const options = JSON.parse(readFileSync(join(root, '.mocharc.json'), 'utf8'));
  delete options.spec;
  return Object.entries(options).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each) => (typeof each === 'boolean' ? `--${each ? '' : 'no-'}${name}` : `--${name}=${each}`)),
  );
}

/** The compiled specs that import one of these sources, directly or through others, or are one of them. */
export function specsTouchedBy(sources) {
  const importers = new Map();
  for (const file of filesUnder('dist', /\.js$/)) {
    const code = readFileSync(join(root, file), 'utf8');
    for (const [, path] of code.matchAll(/from '(\.[^']*)'/g)) {
      const imported = normalize(join(dirname(file), path));
      importers.set(imported, [...(importers.get(imported) ?? []), file]);
    }
  }
  const touched = new Set();
  const visit = (file) => {
    if (touched.has(file)) return;
    touched.add(file);
    for (const importer of importers.get(file) ?? []) visit(importer);
  };
  for (const source of sources) visit(join('dist', source).replace(/\.ts$/, '.js'));
  return [...touched].filter((file) => file.endsWith('-spec.js') && existsSync(join(root, file)));
}
