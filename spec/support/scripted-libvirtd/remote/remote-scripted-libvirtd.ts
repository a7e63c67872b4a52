import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventFamily, EventFields, EventType } from '../messages/events.js';
import type { EmitOptions } from '../scripted-libvirtd.js';
import { CommandPipe } from './command-pipe.js';
import type { CommandArguments, CommandName, CommandResult, ReadyLine } from './commands.js';

const program = fileURLToPath(new URL('../start-scripted-libvirtd.js', import.meta.url));

/** A scripted libvirtd in a process of its own, so that its sending takes no time of this thread. */
export class RemoteScriptedLibvirtd {
  static async start({ socketPath }: { readonly socketPath?: string } = {}): Promise<RemoteScriptedLibvirtd> {
    // This process makes the directory, so that it can remove it when the other process is killed.
    const directory =
      socketPath === undefined ? await mkdtemp(join(tmpdir(), 'scripted-libvirtd-')) : undefined;
    const socket = socketPath ?? join(directory ?? '', 'libvirt-sock');
    const { pipe, ready } = await CommandPipe.start(program, ['--socket', socket]);
    return new RemoteScriptedLibvirtd(ready as ReadyLine, pipe, directory);
  }

  private constructor(
    private readonly ready: ReadyLine,
    private readonly pipe: CommandPipe,
    private readonly directory: string | undefined,
  ) {}

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
    return this.pipe.call(command, given) as Promise<CommandResult<N>>;
  }

  /** Stops the process with SIGSTOP, or lets it continue. */
  setFrozen(isFrozen: boolean): void {
    this.pipe.setFrozen(isFrozen);
  }

  /** Kills the process, so that it can't close its connections itself. `close()` is still needed to clean up. */
  kill(): Promise<void> {
    return this.pipe.kill();
  }

  async close(): Promise<void> {
    await this.pipe.end();
    if (this.directory !== undefined) await rm(this.directory, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
