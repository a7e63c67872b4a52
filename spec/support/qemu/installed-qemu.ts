import { execFileSync } from 'node:child_process';

function versionOf(program: string): number[] {
  try {
    const words = execFileSync(program, ['--version'], { encoding: 'utf8' });
    return (/version (\d+)\.(\d+)/.exec(words) ?? []).slice(1).map(Number);
  } catch {
    // Without QEMU no spec runs that asks.
    return [];
  }
}

const [installedMajor = 0, installedMinor = 0] = versionOf('qemu-system-x86_64');

/** Whether the installed QEMU is of a version, such as `isQemuAtLeast(10, 1)`, or newer. */
export function isQemuAtLeast(major: number, minor = 0): boolean {
  return installedMajor > major || (installedMajor === major && installedMinor >= minor);
}
