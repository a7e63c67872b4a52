import { execFileSync } from 'node:child_process';

function versionOf(program: string): number[] {
  try {
    const words = execFileSync(program, ['--version'], { encoding: 'utf8' });
    return (/version (\d+)\.(\d+)/.exec(words) ?? []).slice(1).map(Number);
  } catch {
    // Without QEMU, the specs that ask for its version don't run.
    return [];
  }
}

const [installedMajor = 0, installedMinor = 0] = versionOf('qemu-system-x86_64');

/** Whether the installed QEMU has this version or a newer one, such as `isQemuAtLeast(10, 1)`. */
export function isQemuAtLeast(major: number, minor = 0): boolean {
  return installedMajor > major || (installedMajor === major && installedMinor >= minor);
}
