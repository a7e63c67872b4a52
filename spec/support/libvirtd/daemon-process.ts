import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { unprivilegedUser } from './rig-directory.js';

const logLimit = 1 << 20;

/**
 * A program that runs without privileges, in its own process group, and that ends with the specs. Its output is kept.
 */
export class DaemonProcess {
  readonly pid: number;
  /** Resolves when the process has ended and its output is complete. */
  readonly ended: Promise<void>;
  #output = '';
  #isAlive = true;

  private constructor(child: ChildProcess, pid: number) {
    this.pid = pid;
    const keep = (text: string): void => {
      this.#output = (this.#output + text).slice(-logLimit);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.once('exit', (code, signal) => {
      this.#isAlive = false;
      keep(`[ended: ${signal ?? `exit code ${String(code)}`}]\n`);
    });
    // Not "close": a child of the daemon may hold the pipes open for longer than the daemon lives.
    this.ended = once(child, 'exit').then(() => undefined);
  }

  /** Starts a program. Rejects when there is no such program. */
  static async spawn(
    program: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    isPrivileged = false,
  ): Promise<DaemonProcess> {
    const user = isPrivileged ? undefined : unprivilegedUser;
    const identity =
      user === undefined ? [] : [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
    // The kernel kills this process when the specs' process ends, even by SIGKILL.
    const child = spawn('setpriv', [...identity, '--pdeathsig', 'KILL', '--', program, ...args], {
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error(`${program} has no process id`);
    return new DaemonProcess(child, child.pid);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** The last mebibyte of what the program has printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Kills the process and all others in its group at once. */
  killGroup(): void {
    if (!this.#isAlive) return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  }
}
