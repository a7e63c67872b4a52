import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The kernel's letter for a process or a thread, such as R, S, T or Z; undefined when there is none such. */
function stateOf(statPath: string): string | undefined {
  try {
    const stat = readFileSync(statPath, 'utf8');
    // The name before it stands in brackets and may contain anything.
    return stat.charAt(stat.lastIndexOf(')') + 2);
  } catch {
    return undefined;
  }
}

/** Whether a process runs. One that has ended and waits for its parent to notice does not. */
export function isRunning(pid: number): boolean {
  const state = stateOf(`/proc/${pid}/stat`);
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Resolves when a process has ended. For processes that aren't children, which have no event for that. */
export async function processEnd(pid: number): Promise<void> {
  while (isRunning(pid)) await nextTurn();
}

/** Resolves when no thread of a process runs any more, because of SIGSTOP or because it has ended. */
export async function processStop(pid: number): Promise<void> {
  while (isRunning(pid) && !isStopped(pid)) await nextTurn();
}

function isStopped(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every(
      (thread) => stateOf(`/proc/${pid}/task/${thread}/stat`) === 'T',
    );
  } catch {
    return false;
  }
}

/** The running processes of a program whose arguments mention a path, such as that of a rig's directory. */
export function processesMentioning(path: string, program: RegExp): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      const [name = '', ...args] = commandLine(pid);
      return pid !== process.pid && program.test(name) && args.some((arg) => arg.includes(path));
    });
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
