import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ChangeSignal } from './change-signal.js';
import { ClientSession } from './client-session.js';
import { DomainModel } from './domain-model.js';
import { Faults } from './faults.js';
import { flood, type FloodOptions, type FloodResult } from './flood.js';
import { Inventory } from './inventory.js';
import { encodeError, LibvirtFailure, libvirtErrors } from './messages/error.js';
import { encodeEvent, type EventFamily, type EventFields, type EventType } from './messages/events.js';
import { encodePacket, type Packet } from './packet.js';
import { procedures } from './procedures/index.js';
import { features, packetStatuses, packetTypes, procedureName, type ProcedureName } from './protocol.js';
import { Registrations, type Registration } from './registrations.js';

export interface ScriptedLibvirtdOptions {
  /** The socket to listen on, for a daemon that replaces another one. By default it is in a temporary directory. */
  readonly socketPath?: string;
  readonly hostname?: string;
  /** The features that the daemon reports. By default, all of {@link features}. */
  readonly features?: readonly (keyof typeof features)[];
}

export interface EmitOptions {
  /**
   * `'matching'`, the default: sends to the callbacks that asked for such an event. `'all'`: sends also to those that
   * asked for another object. A number: sends to the callback with this id. If nobody registered this id, sends to
   * every client.
   */
  readonly to?: 'matching' | 'all' | number;
}

export interface RecordedCall {
  readonly clientId: number;
  readonly procedure: ProcedureName;
  /** When it arrived, in milliseconds since 1970. */
  readonly time: number;
}

/** A daemon for libvirt's client library that says what a spec tells it to say. */
export class ScriptedLibvirtd {
  readonly faults: Faults;
  readonly domains: DomainModel;
  readonly inventory = new Inventory();
  readonly #signal = new ChangeSignal();
  readonly #registrations = new Registrations();
  readonly #clients = new Map<number, ClientSession>();
  readonly #calls: RecordedCall[] = [];
  readonly #server: Server;
  #lastClientId = 0;

  /** Starts to listen. */
  static async start(options: ScriptedLibvirtdOptions = {}): Promise<ScriptedLibvirtd> {
    const { socketPath = join(await mkdtemp(join(tmpdir(), 'scripted-libvirtd-')), 'libvirt-sock') } =
      options;
    // A killed daemon leaves its socket behind.
    await rm(socketPath, { force: true });
    const daemon = new ScriptedLibvirtd(socketPath, options);
    await new Promise<void>((resolve, reject) => {
      daemon.#server.once('error', reject).listen(daemon.socketPath, resolve);
    });
    return daemon;
  }

  private constructor(
    readonly socketPath: string,
    private readonly options: ScriptedLibvirtdOptions,
  ) {
    const changed = () => this.#signal.notify();
    this.faults = new Faults(changed);
    this.domains = new DomainModel((domain, event, detail) => {
      this.emit('domain', 'lifecycle', { domain, event, detail });
    });
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** The URI of a connection to this daemon. */
  get uri(): string {
    return `test+unix:///default?socket=${this.socketPath}`;
  }

  get clients(): readonly ClientSession[] {
    return [...this.#clients.values()];
  }

  get registrations(): readonly Registration[] {
    return this.#registrations.all;
  }

  /** Every call so far, of all clients, in the order of arrival. */
  get calls(): readonly RecordedCall[] {
    return this.#calls;
  }

  /** Sends an event. Returns the number of callbacks to which it was sent. */
  emit<F extends EventFamily, T extends EventType<F>>(
    family: F,
    type: T,
    fields: EventFields<F, T>,
    { to = 'matching' }: EmitOptions = {},
  ): number {
    const targets = this.#targets(family, type, fields, to);
    for (const { client, callbackId } of targets) {
      void client?.send(encodeEvent(family, type, fields, callbackId));
    }
    return targets.length;
  }

  /** Floods one callback, or all that asked for every domain's lifecycle, at full speed; see {@link flood}. */
  async flood(to: 'all' | number, options: FloodOptions): Promise<FloodResult> {
    const targets = this.#registrations
      .of('domain', 'lifecycle')
      .filter(({ callbackId, object }) => (to === 'all' ? object === undefined : callbackId === to));
    if (targets.length === 0) throw new Error(`no callback to flood: ${to}`);
    const results = await Promise.all(
      targets.map(async ({ clientId, callbackId }) => {
        const client = this.#clients.get(clientId);
        const isRegistered = () => this.#registrations.get(callbackId) !== undefined;
        return client ? flood(client, callbackId, options, isRegistered) : { sent: 0, isComplete: false };
      }),
    );
    return {
      sent: results.reduce((sum, { sent }) => sum + sent, 0),
      isComplete: results.every(({ isComplete }) => isComplete),
    };
  }

  /** Calls `look` now and after every change of this daemon. Resolves with its first result that isn't undefined. */
  waitFor<T>(what: string, look: (daemon: this) => T | undefined, timeoutMs?: number): Promise<T> {
    return this.#signal.until(what, () => look(this), timeoutMs);
  }

  /**
   * Resolves with the registrations for an event, once there are so many. The client may not know of them yet. libvirt
   * notes the callback id late, so an event that is sent before the client's register function has returned may be
   * lost.
   */
  waitForRegistrations<F extends EventFamily>(
    family: F,
    type: EventType<F>,
    count = 1,
  ): Promise<readonly Registration[]> {
    return this.waitFor(`${count} registrations of ${family} ${type}`, () => {
      const found = this.#registrations.of(family, type);
      return found.length >= count ? found : undefined;
    });
  }

  /** Resolves once nothing is registered any more. */
  waitForNoRegistrations(): Promise<true> {
    return this.waitFor('no registrations', () => this.registrations.length === 0 || undefined);
  }

  /** Resolves once the procedure has been called so many times since the start. */
  waitForCalls(procedure: ProcedureName, count = 1): Promise<true> {
    return this.waitFor(
      `${count} calls of ${procedure}`,
      () => this.#calls.filter((call) => call.procedure === procedure).length >= count || undefined,
    );
  }

  /** Resolves with the clients, once exactly so many are connected. */
  waitForClients(count: number): Promise<readonly ClientSession[]> {
    return this.waitFor(`${count} clients`, () => (this.#clients.size === count ? this.clients : undefined));
  }

  /** Drops all clients, stops listening and removes the socket. If the daemon made its directory, removes that too. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const client of this.clients) client.drop();
    await closed;
    if (this.options.socketPath === undefined) {
      await rm(dirname(this.socketPath), { recursive: true, force: true });
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #accept(socket: Socket): void {
    this.#lastClientId += 1;
    const changed = () => this.#signal.notify();
    const client = new ClientSession(
      this.#lastClientId,
      socket,
      (packet) => this.#answer(packet, client),
      changed,
    );
    this.#clients.set(client.id, client);
    socket.once('close', () => {
      this.#clients.delete(client.id);
      this.#registrations.removeClient(client.id);
      changed();
    });
    changed();
  }

  #answer({ header, payload }: Packet, client: ClientSession): void {
    const name = procedureName(header.program, header.procedure);
    this.#calls.push({ clientId: client.id, procedure: name, time: Date.now() });
    let status: number = packetStatuses.ok;
    let reply: Buffer;
    try {
      reply = this.#run(name, payload, client);
    } catch (error) {
      status = packetStatuses.error;
      reply = encodeError(
        error instanceof LibvirtFailure ? error.fields : libvirtErrors.undecodable(String(error)),
      );
    }
    const packet = encodePacket({ ...header, type: packetTypes.reply, status }, reply);
    this.faults.pass(name, () => void client.send(packet));
    this.#signal.notify();
  }

  #run(name: ProcedureName, payload: Buffer, client: ClientSession): Buffer {
    const failure = this.faults.failureFor(name);
    if (failure) throw new LibvirtFailure(failure);
    const run = procedures[name];
    if (!run) throw new LibvirtFailure(libvirtErrors.notImplemented(name));
    const { hostname = 'scripted', features: offered = Object.keys(features) } = this.options;
    return run(payload, {
      client,
      hostname,
      features: offered.map((each) => features[each as keyof typeof features]),
      domains: this.domains,
      inventory: this.inventory,
      registrations: this.#registrations,
      faults: this.faults,
    });
  }

  #targets(family: EventFamily, type: string, fields: object, to: 'matching' | 'all' | number) {
    if (typeof to !== 'number') {
      const found =
        to === 'all'
          ? this.#registrations.of(family, type)
          : this.#registrations.matching(family, type, fields);
      return found.map(({ clientId, callbackId }) => ({ client: this.#clients.get(clientId), callbackId }));
    }
    const owner = this.#registrations.get(to)?.clientId;
    const clients = this.clients.filter(({ id }) => owner === undefined || id === owner);
    return clients.map((client) => ({ client, callbackId: to }));
  }
}
