// Makes a copy of the project whose addon is built for a sanitizer, with a copy of Node that loads the sanitizer.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { findHeaders } from '../setup/addon.mjs';
import { root, run } from '../setup/run.mjs';

// Some specs read the sources of the library, the documents and the scripts.
const parts = [
  ...['addon', 'bench', 'dist', 'docs', 'lib', 'scripts', 'spec'],
  ...['binding.gyp', 'package.json', 'tsconfig.json', '.mocharc.json'],
];

// The sanitizer's runtime takes over functions of this library, and looks for them when it starts. libvirt would load
// the library later than that, and the runtime would then call a null pointer. So Node itself loads the library.
const loadedEarly = 'libtirpc.so.3';

// A benchmark of other checkouts leaves links to them there.
const isOurs = (path) => path !== join(root, 'dist/checkouts');

export const nodeOf = (copy) => join(copy, 'bin-of-node', 'node');

/** Given the name by which the linker finds a runtime library, returns the name under which programs load it. */
function runtimeName(name) {
  const path = execFileSync(process.env.CXX ?? 'g++', [`-print-file-name=${name}`], {
    encoding: 'utf8',
  }).trim();
  return /\bSONAME\b.*\[(.+)\]/.exec(execFileSync('readelf', ['-d', path], { encoding: 'utf8' }))[1];
}

/**
 * Makes a copy of Node that has the runtimes among its own libraries. LD_PRELOAD would load them into libvirtd, QEMU
 * and every other program that the specs start. This way only Node loads them, and a Node that a spec starts does so
 * too.
 */
function makeNode(copy, runtimes) {
  const node = nodeOf(copy);
  if (existsSync(node)) return;
  mkdirSync(dirname(node), { recursive: true });
  cpSync(process.execPath, node);
  // patchelf puts each library before the ones that it added earlier, hence reverse().
  const names = [loadedEarly, ...runtimes.map(runtimeName).reverse()];
  execFileSync('patchelf', [...names.flatMap((name) => ['--add-needed', name]), node], { stdio: 'inherit' });
}

/** Copies and compiles in `folder`, or in a temporary folder. `remove` of the result deletes only the temporary one. */
export async function buildCopy({ flags, runtimes }, mode, folder) {
  const copy = folder === undefined ? mkdtempSync(join(tmpdir(), `rxvirt-${mode}-`)) : resolve(folder);
  const remove = () => {
    if (folder === undefined) rmSync(copy, { recursive: true, force: true });
  };
  try {
    mkdirSync(copy, { recursive: true });
    for (const part of parts) {
      // Keeps the times of the files: make compiles again what is older than its sources.
      cpSync(join(root, part), join(copy, part), {
        recursive: true,
        preserveTimestamps: true,
        filter: isOurs,
      });
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
          // Node and the addon both have some functions of the C++ library, such as the one that releases a
          // shared_ptr. The sanitizer doesn't see what Node's functions do, so the addon has to call its own.
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
