import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import {
  watch,
  type DomainEventMap,
  type DomainSnapshot,
  type FromHost,
  type Gap,
  type Host,
  type HostItem,
  type HostStatus,
  type NetworkSnapshot,
  type StoragePoolSnapshot,
  type WatchOptions,
} from '../../../lib/index.js';
import { Listener } from '../connection/listener.js';
import { contentsByVirsh, contentsOf, type Contents } from './contents.js';
import { quick } from './quick.js';

const agreementMs = 15_000;

/** A host that is watched in this process, with listeners for what the specs of faults look at. */
export class Watched implements AsyncDisposable {
  readonly host: Host;
  readonly statuses: Listener<HostStatus>;
  readonly domains: Listener<ReadonlyMap<string, DomainSnapshot>>;
  readonly networks: Listener<ReadonlyMap<string, NetworkSnapshot>>;
  readonly storagePools: Listener<ReadonlyMap<string, StoragePoolSnapshot>>;
  readonly events: Listener<HostItem<DomainEventMap['lifecycle']>>;
  readonly #uri: string;

  constructor(uri: string, options: WatchOptions = {}) {
    const host = watch(uri, { ...quick, ...options });
    this.#uri = uri;
    this.host = host;
    this.statuses = new Listener(() => host.status);
    this.domains = new Listener(() => host.domains);
    this.networks = new Listener(() => host.networks);
    this.storagePools = new Listener(() => host.storagePools);
    this.events = new Listener((options) => host.domainEvents('lifecycle', options));
  }

  /** One more listener, to the events of networks. */
  listenToNetworks(): Listener<{ readonly type: string }> {
    return new Listener((options) => this.host.networkEvents('lifecycle', options));
  }

  /** What the live state says. */
  get contents(): Contents {
    const values = <T>({ events }: Listener<ReadonlyMap<string, T>>) => events.at(-1)?.values() ?? [];
    return contentsOf(values(this.domains), values(this.networks), values(this.storagePools));
  }

  /** What the host did, in order. An attempt that failed and the next one count as one. */
  get story(): readonly string[] {
    const words: string[] = [];
    for (const status of this.statuses.events) {
      const word = status.state === 'lost' ? `lost: ${status.reason}` : status.state;
      words.push(word);
      if (words.slice(-2).join() === words.slice(-4, -2).join()) words.length -= 2;
    }
    return words;
  }

  get gaps(): readonly FromHost<Gap>[] {
    return this.events.events.filter((item) => 'from' in item);
  }

  /** Resolves when everything has been read once. */
  async complete(): Promise<void> {
    await this.events.registered();
    for (const kind of [this.domains, this.networks, this.storagePools]) await kind.heard(1);
  }

  /** Resolves when this connection is open, and the live state says the same as virsh does. */
  async agreed(epoch: number): Promise<void> {
    await this.statuses.until((all) => {
      const last = all.at(-1);
      return last?.state === 'connected' && last.epoch >= epoch;
    });
    const wanted = await contentsByVirsh(this.#uri);
    for (const end = performance.now() + agreementMs; performance.now() < end;) {
      if (this.contents.join() === wanted.join()) return;
      await delay(10);
    }
    expect(this.contents).to.deep.equal(wanted);
  }

  /** Resolves with the first status of this state, at `from` or later. */
  async status<S extends HostStatus['state']>(
    state: S,
    from = 0,
  ): Promise<Extract<HostStatus, { readonly state: S }>> {
    const index = await this.statuses.indexOf((status) => status.state === state, from);
    return this.statuses.events[index] as Extract<HostStatus, { readonly state: S }>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.close();
    this.statuses.stop();
  }
}
