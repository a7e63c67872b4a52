import type { FloodOptions } from '../flood.js';
import type { LibvirtErrorFields } from '../messages/error.js';
import type { AnyEvent, EventFamily } from '../messages/events.js';
import type { ProcedureName } from '../protocol.js';
import type { Registration } from '../registrations.js';
import type { EmitOptions, ScriptedLibvirtd } from '../scripted-libvirtd.js';

/**
 * The commands for a daemon in another process, one on each line. ScriptedLibvirtd documents what each of them does.
 */
export const commands = {
  emit: (daemon: ScriptedLibvirtd, { family, type, fields }: AnyEvent, options?: EmitOptions) =>
    daemon.emit(family, type as never, fields, options),
  flood: (daemon: ScriptedLibvirtd, to: 'all' | number, options: FloodOptions) => daemon.flood(to, options),
  /** Sends bytes without change to every client. */
  sendBytes: async (daemon: ScriptedLibvirtd, bytes: Uint8Array) => {
    await Promise.all(daemon.clients.map((client) => client.send(bytes)));
  },
  sendHalf: async (daemon: ScriptedLibvirtd, packet: Uint8Array) => {
    await Promise.all(daemon.clients.map((client) => client.sendHalf(packet)));
  },
  sendGarbage: async (daemon: ScriptedLibvirtd) => {
    await Promise.all(daemon.clients.map((client) => client.sendGarbage()));
  },
  dropClients: (daemon: ScriptedLibvirtd) => {
    for (const client of daemon.clients) client.drop();
  },
  /** Applies to the clients that are connected now. */
  answerKeepAlive: (daemon: ScriptedLibvirtd, isAnswering: boolean) => {
    for (const client of daemon.clients) client.answersKeepAlive = isAnswering;
  },
  setDeaf: (daemon: ScriptedLibvirtd, isDeaf: boolean) => {
    for (const client of daemon.clients) client.setDeaf(isDeaf);
  },
  fail: (
    daemon: ScriptedLibvirtd,
    procedure: ProcedureName,
    error: LibvirtErrorFields,
    options?: { times?: number },
  ) => {
    daemon.faults.fail(procedure, error, options);
  },
  refuseEvent: (daemon: ScriptedLibvirtd, family: EventFamily, type: string, error?: LibvirtErrorFields) => {
    daemon.faults.refuseEvent(family, type as never, error);
  },
  hold: (daemon: ScriptedLibvirtd, procedure: ProcedureName) => {
    daemon.faults.hold(procedure);
  },
  release: (daemon: ScriptedLibvirtd, procedure: ProcedureName) => daemon.faults.release(procedure),
  // The filter of a monitor event is a function, and JSON leaves functions out.
  registrations: (daemon: ScriptedLibvirtd) =>
    daemon.registrations as readonly Omit<Registration, 'wantsMonitorEvent'>[],
  calls: (daemon: ScriptedLibvirtd) => daemon.calls,
  clients: (daemon: ScriptedLibvirtd) =>
    daemon.clients.map(({ id, keepAlive }) => ({ id, keepAlive: { ...keepAlive } })),
  waitForRegistrations: async (daemon: ScriptedLibvirtd, family: EventFamily, type: string, count = 1) =>
    (await daemon.waitForRegistrations(family, type as never, count)).map(({ callbackId }) => callbackId),
  waitForNoRegistrations: (daemon: ScriptedLibvirtd) => daemon.waitForNoRegistrations(),
  waitForCalls: (daemon: ScriptedLibvirtd, procedure: ProcedureName, count = 1) =>
    daemon.waitForCalls(procedure, count),
  waitForClients: async (daemon: ScriptedLibvirtd, count: number) =>
    (await daemon.waitForClients(count)).map(({ id }) => id),
} as const;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type CommandArguments<N extends CommandName> =
  Parameters<Commands[N]> extends [ScriptedLibvirtd, ...infer Rest] ? Rest : never;
export type CommandResult<N extends CommandName> = Awaited<ReturnType<Commands[N]>>;

/** What the program says when it is ready. */
export interface ReadyLine {
  readonly socketPath: string;
  readonly uri: string;
}
