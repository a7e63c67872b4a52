import { readdirSync, readlinkSync } from 'node:fs';

/**
 * The open sockets, pipes and files of this process, each with its number and what it is. What the kernel calls an
 * anonymous inode is left out: libuv and the addon keep a few of these, and make them when they are first needed.
 */
export function openFiles(): ReadonlySet<string> {
  const files = new Set<string>();
  for (const fd of readdirSync('/proc/self/fd')) {
    const target = targetOf(fd);
    if (target !== undefined && !/^(anon_inode:|\/dev\/|\/proc\/)/.test(target)) files.add(`${fd} ${target}`);
  }
  return files;
}

// The descriptor by which the folder is read is closed by now.
function targetOf(fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return undefined;
  }
}
