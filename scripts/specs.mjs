// Finds the compiled specs: by the names that people give, or by the sources that changed.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { filesUnder } from './setup/fingerprint.mjs';
import { root, SetupError } from './setup/run.mjs';

const howToName = `Name specs by their sources, from the root of the project or from where you are:
  spec/loop/from-fd-spec.ts   one file
  spec/loop                   all specs in a folder
  'spec/native/*-spec.ts'     all specs that match, with * ** ? [] {}; the quotes keep the shell from expanding it`;

const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** A glob as a regular expression for paths. */
export function globExpression(glob) {
  const meanings = {
    '**/': '(?:.*/)?',
    '**': '.*',
    '*': '[^/]*',
    '?': '[^/]',
    '{': '(?:',
    '}': ')',
    ',': '|',
  };
  const text = glob.replace(/\*\*\/|\*\*|[*?{},]|\[[^\]]+\]|[\\^$.|+()[\]]/g, (part) => {
    if (/^\[.+\]$/.test(part)) return part.replace('[!', '[^');
    return meanings[part] ?? `\\${part}`;
  });
  return new RegExp(`^${text}$`);
}

/** The sources that a name stands for, relative to the root. The name may also be that of the compiled spec. */
function sourcesCalled(name, specs) {
  const path = name.replace(/^(['"])(.*)\1$/, '$2').replaceAll('\\', '/');
  const ways = new Set(
    [root, process.env.INIT_CWD ?? root].map((from) => relative(root, resolve(from, path))),
  );
  for (const way of ways) {
    const source = way.replace(/^dist\/spec(?=\/|$)/, 'spec').replace(/\.js$/, '.ts');
    if (specs.includes(source)) return [source];
    const isSought = isFolder(join(root, source))
      ? (spec) => spec.startsWith(`${source}/`) || source === ''
      : (spec) => globExpression(source).test(spec);
    const found = specs.filter(isSought);
    if (found.length > 0) return found;
  }
  if ([...ways].some((way) => way !== '' && existsSync(join(root, way)) && !isFolder(join(root, way)))) {
    throw new SetupError(`${name} is not a spec: names of specs end with -spec.ts`, howToName);
  }
  throw new SetupError(`there is no spec ${name}`, howToName);
}

/**
 * The compiled files of the specs that people name, relative to the root. Each file is there only once.
 * @throws {SetupError} when a name stands for no spec.
 */
export function specsCalled(names) {
  if (names.includes('')) throw new SetupError('the name of a spec is empty', howToName);
  const specs = filesUnder('spec', /-spec\.ts$/);
  const sources = new Set(names.flatMap((name) => sourcesCalled(name, specs)));
  return [...sources].map((source) => `dist/${source.replace(/\.ts$/, '.js')}`);
}

// mocha's options that have a value. The value is the next argument, unless it follows an equals sign.
const withValue = new Set(
  [
    '--config --exclude --extension --fgrep --file --global --globals --grep --ignore --jobs --node-option --package',
    '--reporter --reporter-option --reporter-options --require --retries --slow --sort-by --timeout --timeouts --ui',
    '--watch-files --watch-ignore -R -f -g -j -n -O -r -s -t -u -x',
  ].flatMap((line) => line.split(' ')),
);

/** Separates the names of specs from mocha's options. */
export function splitArguments(given) {
  const names = [];
  const options = [];
  for (let i = 0; i < given.length; i++) {
    const argument = given[i];
    if (argument === '--spec') names.push(given[++i] ?? '');
    else if (argument.startsWith('--spec=')) names.push(argument.slice('--spec='.length));
    else if (!argument.startsWith('-')) names.push(argument);
    else options.push(argument, ...(withValue.has(argument) ? given.slice(++i, i + 1) : []));
  }
  return { names, options };
}

/** The options in .mocharc.json as arguments of mocha, without the specs that are named there. */
export function mochaOptions() {
  const options = JSON.parse(readFileSync(join(root, '.mocharc.json'), 'utf8'));
  delete options.spec;
  return Object.entries(options).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each) => (typeof each === 'boolean' ? `--${each ? '' : 'no-'}${name}` : `--${name}=${each}`)),
  );
}

/** The compiled specs that are one of these sources, or import one of them, directly or through other files. */
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
