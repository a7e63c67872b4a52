// Many scripted libvirtds in a process of their own, for W11. The specs' support has them.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(
  new URL('../../spec/support/scripted-libvirtd/start-many-scripted-libvirtds.js', import.meta.url),
);

interface Daemons {
  readonly child: ChildProcess;
  readonly lines: Interface;
}

export class Hosts implements AsyncDisposable {
  static async start(count: number): Promise<Hosts> {
    const directory = await mkdtemp(join(tmpdir(), 'rxvirt-bench-'));
    return new Hosts(count, directory, await startIn(directory, count));
  }

  #daemons: Daemons;

  private constructor(
    private readonly count: number,
    private readonly directory: string,
    daemons: Daemons,
  ) {
    this.#daemons = daemons;
  }

  get uris(): string[] {
    return Array.from(
      { length: this.count },
      (_, index) => `test+unix:///default?socket=${join(this.directory, `${index}.sock`)}`,
    );
  }

  async act(action: string, name: string): Promise<void> {
    await this.#call('act', action, name);
  }

  /** When the daemons have opened each connection, in milliseconds since 1970. */
  async openTimes(): Promise<number[]> {
    return (await this.#call('openTimes')) as number[];
  }

  async kill(): Promise<void> {
    const { child } = this.#daemons;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async restart(): Promise<void> {
    this.#daemons = await startIn(this.directory, this.count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { child } = this.#daemons;
    child.stdin?.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(this.directory, { recursive: true, force: true });
  }

  async #call(command: string, ...given: readonly string[]): Promise<unknown> {
    const { child, lines } = this.#daemons;
    const answer = once(lines, 'line') as Promise<[string]>;
    child.stdin?.write(`${JSON.stringify({ id: 1, command, arguments: given })}\n`);
    return (JSON.parse((await answer)[0]) as { result: unknown }).result;
  }
}

async function startIn(directory: string, count: number): Promise<Daemons> {
  const args = [program, '--directory', directory, '--count', String(count)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const failed = once(child, 'exit').then(() => {
    throw new Error('the scripted libvirtds do not start; run npm run setup -- --tests first');
  });
  await Promise.race([once(lines, 'line'), failed]);
  failed.catch(() => undefined);
  return { child, lines };
}
