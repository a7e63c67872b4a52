// A copy of the project with the addon, and Node, made for a sanitizer.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { findHeaders } from '../setup/addon.mjs';
import { root, run } from '../setup/run.mjs';

const parts = ['addon', 'spec', 'dist', 'binding.gyp', 'package.json', '.mocharc.json'];

// libvirt loads it later than the runtime looks for the functions that it takes over there, and then calls
// a null pointer.
const loadedEarly = 'libtirpc.so.3';

export const nodeOf = (copy) => join(copy, 'bin-of-node', 'node');

/** The file behind a linker's name for a runtime library, by the name under which it is loaded. */
function runtimeName(name) {
  const path = execFileSync(process.env.CXX ?? 'g++', [`-print-file-name=${name}`], {
    encoding: 'utf8',
  }).trim();
  return /\bSONAME\b.*\[(.+)\]/.exec(execFileSync('readelf', ['-d', path], { encoding: 'utf8' }))[1];
}

/**
 * Node with the runtimes among its own libraries. LD_PRELOAD would give them to libvirtd, QEMU and whatever else
 * the specs start; like this, just Node has them, also as a child of a spec.
 */
function makeNode(copy, runtimes) {
  const node = nodeOf(copy);
  if (existsSync(node)) return;
  mkdirSync(dirname(node), { recursive: true });
  cpSync(process.execPath, node);
  // The last one that is added comes first.
  const names = [loadedEarly, ...runtimes.map(runtimeName).reverse()];
  execFileSync('patchelf', [...names.flatMap((name) => ['--add-needed', name]), node], { stdio: 'inherit' });
}

/** Compiles everything in `folder`, or in a temporary one, which `remove` removes. */
export async function buildCopy({ flags, runtimes }, mode, folder) {
  const copy = folder === undefined ? mkdtempSync(join(tmpdir(), `rxvirt-${mode}-`)) : resolve(folder);
  const remove = () => {
    if (folder === undefined) rmSync(copy, { recursive: true, force: true });
  };
  try {
    mkdirSync(copy, { recursive: true });
    for (const part of parts) {
      // What was built is younger than what it was built from, as make wants it.
      cpSync(join(root, part), join(copy, part), { recursive: true, preserveTimestamps: true });
    }
    const modules = join(copy, 'node_modules');
    if (!existsSync(modules)) symlinkSync(join(root, 'node_modules'), modules);
    makeNode(copy, runtimes);

    const headers = findHeaders();
    const nodeGyp = join(root, 'node_modules/node-gyp/bin/node-gyp.js');
    const verb = existsSync(join(copy, 'build/Makefile')) ? ['build'] : ['configure', 'build'];
    await run(
      `building the addon for ${basename(flags)}`,
      process.execPath,
      [nodeGyp, ...verb, '--jobs', 'max', '-C', copy, ...(headers === null ? [] : [`--nodedir=${headers}`])],
      {
        advice: 'Fix what the compiler says; remove the folder if it was made by another compiler.',
        env: {
          CXXFLAGS: `${flags} -fno-omit-frame-pointer -g -O1`,
          // Node exports functions of the C++ library that the addon has too, such as the one that lets go of a
          // shared_ptr. The sanitizer sees nothing of Node's, so ours has to call our own.
          LDFLAGS: `${flags} -Wl,-Bsymbolic-functions`,
        },
      },
    );
    return { path: copy, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
