// Installs node_modules, in exactly the versions that package-lock.json names.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, run } from './run.mjs';

function readPackages(lockFile) {
  try {
    return JSON.parse(readFileSync(join(root, lockFile), 'utf8')).packages;
  } catch {
    return {};
  }
}

/**
 * npm writes a lock file about what it has installed. So set-up needs no stamp of its own, and accepts modules that
 * somebody installed by hand.
 */
function isCurrent() {
  const installed = readPackages('node_modules/.package-lock.json');
  return Object.entries(readPackages('package-lock.json')).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** The npm that runs this script, if one does. Another npm may come first on PATH. */
function npm() {
  const script = process.env.npm_execpath ?? '';
  return basename(script) === 'npm-cli.js' ? [process.execPath, script] : ['npm'];
}

export async function installModules() {
  if (isCurrent()) return;
  const [command, ...before] = npm();
  // --ignore-scripts: the project's own script would build the addon, which is the next step. No script of a dependency
  // is needed. --include=dev: the compiler is among the development modules, so they are needed whatever NODE_ENV is.
  const args = [...before, 'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
  await run('installing node modules', command, args, {
    advice: 'Check the network and the registry that npm is set to use, then run the same command again.',
  });
}
