import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRoot, nodeDirectory } from './addon-headers.js';

const run = promisify(execFile);

/** The parts of the addon that make up the event bridge, for {@link linesOfProgram}. */
export const bridgeSources = [
  'loop/bridge',
  'loop/bridge_changes',
  'loop/bridge_dispatch',
  'loop/bridge_end',
  'loop/bridge_owners',
  'library/library',
] as const;

/**
 * Compiles `spec/fixtures/<name>.cc` with parts of the addon, but without Node, and runs it. Each line that it prints
 * must be JSON. Resolves with the parsed lines.
 */
export async function linesOfProgram(
  name: string,
  addonSources: readonly string[],
  flags: readonly string[] = [],
): Promise<readonly unknown[]> {
  const directory = await mkdtemp(join(tmpdir(), 'rxvirt-program-'));
  try {
    const program = join(directory, name);
    const { stdout: libvirtFlags } = await run('pkg-config', ['--cflags', '--libs', 'libvirt']);
    await run('c++', [
      ...['-std=c++17', '-pthread', ...flags],
      ...['-I', join(await nodeDirectory(), 'include/node'), '-I', inRoot('addon'), '-o', program],
      inRoot(`spec/fixtures/${name}.cc`),
      ...addonSources.map((source) => inRoot(`addon/${source}.cc`)),
      ...libvirtFlags.trim().split(/\s+/),
      '-ldl',
    ]);
    const { stdout } = await run(program);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
