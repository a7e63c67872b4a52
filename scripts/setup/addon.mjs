// Builds the native addon with node-gyp. make compiles only the files that have changed.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { libvirtVersion } from './packages.mjs';
import { root, run } from './run.mjs';

const stampFile = 'build/.stamp.json';
const product = 'build/Release/rxvirt.node';
const advice =
  'If the log names a missing header, install its package. After an upgrade of the compiler, remove build/ first.';

/**
 * The folder with Node's headers, if they are installed beside Node, as by most packages. Then node-gyp downloads
 * nothing.
 */
export function findHeaders() {
  const prefix = dirname(dirname(process.execPath));
  try {
    const header = readFileSync(join(prefix, 'include/node/node_version.h'), 'utf8');
    const version = ['MAJOR', 'MINOR', 'PATCH'].map(
      (part) => header.match(`#define NODE_${part}_VERSION (\\d+)`)?.[1],
    );
    return version.join('.') === process.versions.node ? prefix : null;
  } catch {
    return null;
  }
}

const nodeGyp = (title, ...args) => {
  const headers = findHeaders();
  const command = ['node_modules/node-gyp/bin/node-gyp.js', ...args, '--jobs', 'max'];
  if (headers !== null) command.push(`--nodedir=${headers}`);
  return run(title, process.execPath, command, { advice });
};

/** Without optimization and in build/Debug, beside the ordinary one. make does nothing where that is up to date. */
export async function buildDebugAddon() {
  await nodeGyp('building the addon for debuggers', 'build', '--debug');
}

export async function buildAddon() {
  const toolchain = `node ${process.version} ${process.arch}, libvirt ${libvirtVersion()}`;
  const recipe = fingerprint(['binding.gyp', 'package-lock.json']);
  const isStrict = process.env.RXVIRT_WERROR === '1';
  const sources = fingerprint([...filesUnder('addon'), ...filesUnder('spec', /\.(cc|h)$/)]);

  const stamp = readStamp(stampFile);
  // A build with warnings as errors is good enough when they are not errors.
  const isConfigured =
    stamp.toolchain === toolchain && stamp.recipe === recipe && (stamp.isStrict || !isStrict);
  if (isConfigured && stamp.sources === sources && existsSync(join(root, product))) return;

  // make doesn't check system headers, so it would keep objects that were compiled for another libvirt.
  const isForeign = stamp.toolchain !== undefined && stamp.toolchain !== toolchain;
  if (!isConfigured) {
    await nodeGyp('configuring the addon', ...(isForeign ? ['clean', 'configure'] : ['configure']));
  }
  await nodeGyp('building the addon', 'build');
  writeStamp(stampFile, { toolchain, recipe, sources, isStrict: isConfigured ? stamp.isStrict : isStrict });
}
