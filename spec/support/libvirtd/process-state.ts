import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The kernel's letter for the state of a process or thread, such as R, S, T or Z. Undefined when it doesn't exist. */
function stateOf(statPath: string): string | undefined {
  try {
    const stat = readFileSync(statPath, 'utf8');
    // The state follows the name, which is in brackets and may contain any character.
    return stat.charAt(stat.lastIndexOf(')') + 2);
  } catch {
    return undefined;
  }
}

/** Whether a process runs. A zombie, which has ended but still waits for its parent, doesn't run. */
export function isRunning(pid: number): boolean {
  const state = stateOf(`/proc/${pid}/stat`);
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Resolves when a process has ended. For processes that are not our children: Node has no event for their end. */
export async function processEnd(pid: number): Promise<void> {
  while (isRunning(pid)) await nextTurn();
}

/** Resolves when no thread of a process runs any more: after SIGSTOP, or because the process has ended. */
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

/** The running processes of a program that have a path in their arguments, such as that of a rig's directory. */
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
