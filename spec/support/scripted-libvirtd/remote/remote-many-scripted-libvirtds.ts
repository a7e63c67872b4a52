import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { socketIn, type commandsForMany, type ManyScriptedLibvirtds } from '../many-scripted-libvirtds.js';
import { CommandPipe } from './command-pipe.js';

type Commands = typeof commandsForMany;
type Given<N extends keyof Commands> =
  Parameters<Commands[N]> extends [ManyScriptedLibvirtds, ...infer Rest] ? Rest : never;

const program = fileURLToPath(new URL('../start-many-scripted-libvirtds.js', import.meta.url));

/** Many scripted libvirtds, together in a process of their own. All can be killed at once, and started again. */
export class RemoteManyScriptedLibvirtds {
  static async start(count: number): Promise<RemoteManyScriptedLibvirtds> {
    const directory = await mkdtemp(join(tmpdir(), 'scripted-libvirtds-'));
    return new RemoteManyScriptedLibvirtds(count, directory, await startIn(directory, count));
  }

  #pipe: CommandPipe;

  private constructor(
    private readonly count: number,
    private readonly directory: string,
    pipe: CommandPipe,
  ) {
    this.#pipe = pipe;
  }

  /** The URI of each daemon. */
  get uris(): string[] {
    return Array.from(
      { length: this.count },
      (_, index) => `test+unix:///default?socket=${socketIn(this.directory, index)}`,
    );
  }

  call<N extends keyof Commands>(command: N, ...given: Given<N>): Promise<ReturnType<Commands[N]>> {
    return this.#pipe.call(command, given) as Promise<ReturnType<Commands[N]>>;
  }

  /** Ends all at the same moment, with SIGKILL. */
  kill(): Promise<void> {
    return this.#pipe.kill();
  }

  /** Starts all again, on the same sockets. They remember nothing. */
  async restart(): Promise<void> {
    this.#pipe = await startIn(this.directory, this.count);
  }

  async close(): Promise<void> {
    await this.#pipe.end();
    await rm(this.directory, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function startIn(directory: string, count: number): Promise<CommandPipe> {
  return (await CommandPipe.start(program, ['--directory', directory, '--count', String(count)])).pipe;
}
