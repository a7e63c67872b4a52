// Collects what RESULTS.md says about the machine and about the measured versions.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Checkout } from './checkouts.js';
import { root } from './paths.js';

export interface Run {
  /** When the run began. Each measurement names its run by this time. */
  at: string;
  command: string;
  machine: Record<string, string>;
  versions: Record<string, string>;
  /** How many milliseconds a fixed amount of CPU work took before each row. */
  spinMs: number[];
  leftOut: Record<string, string>;
}

export function machine(): Record<string, string> {
  const all = cpus();
  return {
    CPU: all[0]?.model.trim() ?? 'unknown',
    cores: String(all.length),
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    kernel: release(),
    system: /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown',
  };
}

export function versions(also: Checkout[] = []): Record<string, string> {
  const perlInclude = `-I${process.env['SYS_VIRT_IO_ASYNC'] ?? ''}`;
  const perlVersion = (module: string): string =>
    line('perl', [perlInclude, `-M${module}`, '-e', `print $${module}::VERSION`]);
  return {
    rxvirt: versionOf(root),
    ...Object.fromEntries(also.map(({ peer, folder }) => [peer, versionOf(folder)])),
    'Node.js': process.versions.node,
    libuv: process.versions.uv,
    RxJS: packageVersion(join(root, 'node_modules/rxjs')),
    libvirt: line('pkg-config', ['--modversion', 'libvirt']),
    GLib: line('dpkg-query', ['-W', '-f=${source:Upstream-Version}', 'libglib2.0-0*']),
    gcc: line('gcc', ['-dumpfullversion']),
    Python: line('/usr/bin/python3', ['-c', 'import platform; print(platform.python_version())']),
    'python3-libvirt': line('dpkg-query', ['-W', '-f=${source:Upstream-Version}', 'python3-libvirt']),
    uvloop: line('/usr/bin/python3', ['-c', 'import uvloop; print(uvloop.__version__)']),
    Perl: line('perl', ['-e', 'print substr($^V, 1)']),
    'Sys::Virt': perlVersion('Sys::Virt'),
    'IO::Async': perlVersion('IO::Async'),
    'Sys::Virt::IO::Async::EventImpl': perlVersion('Sys::Virt::IO::Async::EventImpl'),
  };
}

/** The version of a checkout of rxvirt, with its commit. */
function versionOf(folder: string): string {
  return `${packageVersion(folder)} (${line('git', ['-C', folder, 'describe', '--always', '--dirty'])})`;
}

function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function line(program: string, args: string[]): string {
  const { stdout, status } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 && stdout ? stdout.trim() : '–';
}
