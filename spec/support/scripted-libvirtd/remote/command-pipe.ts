import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import type { AnswerLine, CommandLine } from './command-lines.js';
import { fromJson, toJsonLine } from './json-lines.js';

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A program in a process of its own that runs commands; see `serveCommands`. */
export class CommandPipe {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  /**
   * Starts the program. Resolves with what it says when it is ready, too.
   * @throws when it ends instead.
   */
  static async start(
    program: string,
    args: readonly string[],
  ): Promise<{ pipe: CommandPipe; ready: unknown }> {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const [first] = (await Promise.race([once(lines, 'line'), failedStart(child)])) as [string];
    const pipe = new CommandPipe(child, child.stdin);
    lines.on('line', (line) => pipe.#settle(fromJson(line) as AnswerLine));
    return { pipe, ready: fromJson(first) };
  }

  private constructor(
    private readonly child: ChildProcess,
    private readonly input: Writable,
  ) {
    // A command may be written after the process has ended. The pending commands are rejected below.
    input.on('error', () => undefined);
    child.once('exit', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('the scripted libvirtd ended'));
      this.#pending.clear();
    });
  }

  call(command: string, given: readonly unknown[]): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) throw new Error('the scripted libvirtd has ended');
      this.#pending.set(id, { resolve, reject });
      this.input.write(toJsonLine({ id, command, arguments: given } satisfies CommandLine));
    });
  }

  /** Stops the process with SIGSTOP, or lets it continue. */
  setFrozen(isFrozen: boolean): void {
    this.child.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Kills the process, so that it can't close its connections itself. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#ended();
  }

  /** Lets the program end. */
  async end(): Promise<void> {
    this.setFrozen(false);
    this.input.end();
    await this.#ended();
  }

  get #hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async #ended(): Promise<void> {
    if (!this.#hasEnded) await once(this.child, 'exit');
  }

  #settle(answer: AnswerLine): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('error' in answer) pending?.reject(new Error(answer.error));
    else pending?.resolve(answer.result);
  }
}

async function failedStart(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`the scripted libvirtd did not start, exit code ${code}`);
}
