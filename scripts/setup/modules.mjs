// node_modules, exactly as package-lock.json has them.
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

/** npm leaves a lock file of what it installed, so that we need no stamp of ours, and believe a hand-made install. */
function isCurrent() {
  const installed = readPackages('node_modules/.package-lock.json');
  return Object.entries(readPackages('package-lock.json')).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** The npm that runs us, if one does: it need not be the first on PATH. */
function npm() {
  const script = process.env.npm_execpath ?? '';
  return basename(script) === 'npm-cli.js' ? [process.execPath, script] : ['npm'];
}

export async function installModules() {
  if (isCurrent()) return;
  const [command, ...before] = npm();
  // No scripts: ours would build the addon, which is the next step's, and no dependency has one that we need.
  // The development modules whatever NODE_ENV says, since they hold the compiler.
  const args = [...before, 'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
  await run('installing node modules', command, args, {
    advice: 'Check the network and the registry that npm is set to use, then run the same command again.',
  });
}
