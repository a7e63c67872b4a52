import { expect } from 'chai';
import { filter, VirtualTimeScheduler, type Observable } from 'rxjs';
import { Connection, type DomainLifecycleEvent } from '../../lib/index.js';
import {
  migrationOutcome,
  settleStopped,
  waitForDomain,
  type MigrationOutcome,
} from '../../lib/operators/index.js';
import { BesideVirsh } from '../support/virsh/beside-virsh.js';
import { Guest } from '../support/qemu/guest.js';
import { Listener } from '../support/connection/listener.js';
import { Marker } from '../support/qemu/marker.js';
import {
  migrationWords,
  provokeMigration,
  withoutShutdownByHost,
} from '../support/qemu/provoke-migration.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import type { VirshEvent } from '../support/virsh/virsh-event-lines.js';

/** A host, a connection to it, and a virsh that prints the same events. */
interface Site {
  readonly host: QemuHost;
  readonly connection: Connection;
}

async function openSite(): Promise<Site> {
  const host = await QemuHost.start();
  return { host, connection: await Connection.open(host.uri) };
}

const lifecycleOf = (events: readonly VirshEvent[]): string[] =>
  events
    .filter(({ type, subject }) => type === 'lifecycle' && subject === 'traveller')
    .map(({ words }) => words);

describe('rxvirt’s operators on real guests', () => {
  requireQemu();
  let sites: Site[] = [];
  before(async () => {
    sites = await Promise.all([openSite(), openSite()]);
  });
  after(async () => {
    for (const { host, connection } of sites) {
      await connection.close();
      await host.stop();
    }
  });
  showLogOnFailure(() => sites[0]?.host);
  const site = (index: 0 | 1): Site => sites[index] as Site;

  it('should tell a stop from a restart and a reset', async () => {
    const { host, connection } = site(0);
    await using guest = new Guest(host, 'settled');
    await guest.define();
    const domain = await connection.lookupDomainByName(guest.name);
    const clock = new VirtualTimeScheduler();
    // QEMU may end so quickly that it doesn't report its shutdown.
    const lifecycle = (options: object): Observable<DomainLifecycleEvent> =>
      connection
        .domainEvents('lifecycle', { domain, ...options })
        .pipe(filter(({ event }) => event !== 'shutdown'));
    const settled = await Listener.on((options) => lifecycle(options).pipe(settleStopped(60_000, clock)));
    const all = await Listener.on(lifecycle);
    const words = ({ event, detail }: DomainLifecycleEvent): string => `${event} ${detail}`;
    await guest.virsh('start');
    await guest.virsh('reset');
    await guest.virsh('destroy');
    await guest.virsh('start');
    const run = ['resumed unpaused', 'started booted'];
    const restart = [...run, 'stopped destroyed', ...run];
    expect((await all.heard(restart.length)).map(words)).to.deep.equal(restart);
    clock.flush();
    expect(settled.events.map(words)).to.deep.equal(restart.filter((word) => word !== 'stopped destroyed'));
    await guest.virsh('destroy');
    await all.heard(restart.length + 1);
    expect(settled.events.map(words).at(-1)).to.equal('started booted');
    clock.flush();
    expect(settled.events.map(words).at(-1)).to.equal('stopped destroyed');
    settled.stop();
    all.stop();
  });

  it('should wait for a domain that boots, and for its guest to power it off', async () => {
    const { host, connection } = site(0);
    await using guest = new Guest(host, 'awaited');
    await guest.define({ program: 'powerOff', acpi: true });
    const domain = await connection.lookupDomainByName(guest.name);
    const isShutOff = waitForDomain(connection, domain, ({ state }) => state === 'shutoff');
    expect(await isShutOff).to.include({ state: 'shutoff' });
    const paused = waitForDomain(connection, domain, ({ state }) => state === 'paused', { timeout: 20_000 });
    await guest.virsh('start', '--paused');
    expect(await paused).to.include({ state: 'paused' });
    const off = waitForDomain(connection, domain, ({ state }) => state === 'shutoff', { timeout: 20_000 });
    await domain.resume();
    expect(await off).to.include({ state: 'shutoff', reason: 'shutdown' });
  });

  it('should tell that a migration has finished, at both ends, with virsh beside', async () => {
    const ends = await Promise.all(
      sites.map(async ({ host, connection }) => {
        const marker = await Marker.on(host, connection);
        const both = await BesideVirsh.start(host.uri, { category: 'domain' }, (options) =>
          connection.events({ categories: ['domain'], ...options }),
        );
        const outcomes = await Listener.on<MigrationOutcome>((options) =>
          connection.domainEvents('lifecycle', options).pipe(migrationOutcome()),
        );
        return { marker, both, outcomes };
      }),
    );
    try {
      await using guest = new Guest(site(0).host, 'traveller');
      await provokeMigration(guest, site(1).host);
      await ends[0]?.both.virsh.first(({ type }) => type === 'job-completed');
      await ends[0]?.both.virsh.first(({ words }) => words === 'Stopped Migrated');
      await ends[1]?.both.virsh.first(({ words }) => words === 'Resumed Migrated');
      const lifecycles: string[][] = [];
      for (const { marker, both } of ends) {
        await marker.mark();
        const seen = await both.upTo(marker.isMark);
        expect(seen.rxvirt).to.deep.equal(seen.virsh);
        lifecycles.push(withoutShutdownByHost(lifecycleOf(seen.rxvirt)));
      }
      expect(lifecycles).to.deep.equal([migrationWords.source, migrationWords.destination]);
      const told = await Promise.all(ends.map(({ outcomes }) => outcomes.heardOne()));
      expect(told.map(({ outcome, role, domain }) => `${domain.name} ${role} ${outcome}`)).to.deep.equal([
        'traveller source finished',
        'traveller destination finished',
      ]);
      await new Guest(site(1).host, 'traveller').remove();
    } finally {
      for (const { both, outcomes } of ends) {
        outcomes.stop();
        await both.stop();
      }
    }
  });
});
