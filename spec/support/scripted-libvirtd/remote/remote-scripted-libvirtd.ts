import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { EventFamily, EventFields, EventType } from '../messages/events.js';
import type { EmitOptions } from '../scripted-libvirtd.js';
import type { AnswerLine, CommandArguments, CommandName, CommandResult, ReadyLine } from './commands.js';
import { fromJson, toJsonLine } from './json-lines.js';

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const program = fileURLToPath(new URL('../start-scripted-libvirtd.js', import.meta.url));

/** A scripted libvirtd in a process of its own, so that its sending takes no time of this thread. */
export class RemoteScriptedLibvirtd {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  static async start({ socketPath }: { readonly socketPath?: string } = {}): Promise<RemoteScriptedLibvirtd> {
    // This process makes the directory, so that it can remove it when the other process is killed.
    const directory =
      socketPath === undefined ? await mkdtemp(join(tmpdir(), 'scripted-libvirtd-')) : undefined;
    const socket = socketPath ?? join(directory ?? '', 'libvirt-sock');
    const child = spawn(process.execPath, [program, '--socket', socket], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const [first] = (await Promise.race([once(lines, 'line'), failedStart(child)])) as [string];
    const daemon = new RemoteScriptedLibvirtd(fromJson(first) as ReadyLine, child, child.stdin, directory);
    lines.on('line', (line) => daemon.#settle(fromJson(line) as AnswerLine));
    return daemon;
  }

  private constructor(
    private readonly ready: ReadyLine,
    private readonly child: ChildProcess,
    private readonly input: Writable,
    private readonly directory: string | undefined,
  ) {
    // A command may be written after the process has ended. The pending commands are rejected below.
    input.on('error', () => undefined);
    child.once('exit', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('the scripted libvirtd ended'));
      this.#pending.clear();
    });
  }

  get uri(): string {
    return this.ready.uri;
  }

  get socketPath(): string {
    return this.ready.socketPath;
  }

  /** Sends an event. Resolves with the number of callbacks to which it was sent. */
  emit<F extends EventFamily, T extends EventType<F>>(
    family: F,
    type: T,
    fields: EventFields<F, T>,
    options: EmitOptions = {},
  ): Promise<number> {
    return this.call('emit', { family, type, fields } as never, options);
  }

  call<N extends CommandName>(command: N, ...given: CommandArguments<N>): Promise<CommandResult<N>> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) throw new Error('the scripted libvirtd has ended');
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject });
      this.input.write(toJsonLine({ id, command, arguments: given }));
    });
  }

  /** Stops the process with SIGSTOP, or lets it continue. */
  setFrozen(isFrozen: boolean): void {
    this.child.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Kills the process, so that it can't close its connections itself. `close()` is still needed to clean up. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#ended();
  }

  async close(): Promise<void> {
    this.setFrozen(false);
    this.input.end();
    await this.#ended();
    if (this.directory !== undefined) await rm(this.directory, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
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
