import { join } from 'node:path';
import type { DomainAction } from './domain-model.js';
import { ScriptedLibvirtd } from './scripted-libvirtd.js';

/** Many scripted libvirtds in one process, each with a socket of its own in one folder. */
export class ManyScriptedLibvirtds {
  /** Starts to listen on all sockets. Those that are left in the folder are replaced. */
  static async start(directory: string, count: number): Promise<ManyScriptedLibvirtds> {
    const paths = Array.from({ length: count }, (_, index) => socketIn(directory, index));
    return new ManyScriptedLibvirtds(
      await Promise.all(paths.map((socketPath) => ScriptedLibvirtd.start({ socketPath }))),
    );
  }

  private constructor(private readonly daemons: readonly ScriptedLibvirtd[]) {}

  get clientCount(): number {
    return this.daemons.reduce((sum, { clients }) => sum + clients.length, 0);
  }

  /** When each connection was opened (the call of `connect-open`), in milliseconds since 1970. In no order. */
  get openTimes(): readonly number[] {
    return this.daemons.flatMap(({ calls }) =>
      calls.filter(({ procedure }) => procedure === 'connect-open').map(({ time }) => time),
    );
  }

  /** Does the same to the domain of this name on each daemon. */
  act(action: DomainAction, name: string): void {
    for (const { domains } of this.daemons) domains.act(action, domains.get({ name }).uuid);
  }

  async close(): Promise<void> {
    await Promise.all(this.daemons.map((daemon) => daemon.close()));
  }
}

/** The socket of one of many daemons. */
export function socketIn(directory: string, index: number): string {
  return join(directory, `${index}.sock`);
}

/** The commands for many daemons in another process. {@link ManyScriptedLibvirtds} documents them. */
export const commandsForMany = {
  clientCount: (many: ManyScriptedLibvirtds) => many.clientCount,
  openTimes: (many: ManyScriptedLibvirtds) => many.openTimes,
  act: (many: ManyScriptedLibvirtds, action: DomainAction, name: string) => {
    many.act(action, name);
  },
} as const;
