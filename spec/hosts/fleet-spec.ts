import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { firstValueFrom, map, type Observable } from 'rxjs';
import { FleetError, Host, watchAll } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { allOn, inWords, nameIn, type Objects } from '../support/hosts/fleet-words.js';
import { quick } from '../support/hosts/quick.js';
import { rejection } from '../support/rejection.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

describe('a fleet', () => {
  let one: ScriptedLibvirtd;
  let two: ScriptedLibvirtd;
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'fleet-'));
    one = await ScriptedLibvirtd.start({ socketPath: join(directory, 'one') });
    two = await ScriptedLibvirtd.start({ socketPath: join(directory, 'two') });
  });
  afterEach(async () => {
    await Promise.all([one.close(), two.close()]);
    await rm(directory, { recursive: true, force: true });
  });

  const both = () => watchAll({ one: one.uri, two: two.uri }, quick);
  const act = (daemon: ScriptedLibvirtd, action: 'suspend' | 'resume' | 'destroy', name: string) =>
    daemon.domains.act(action, daemon.domains.get({ name }).uuid);

  it('should merge the events of its hosts, each with the name of its host and its position there', async () => {
    await using fleet = both();
    using events = await Listener.on((options) => fleet.domainEvents('lifecycle', options));
    act(one, 'suspend', 'alpha');
    await events.heard(1);
    act(two, 'suspend', 'beta');
    await events.heard(2);
    act(one, 'resume', 'alpha');
    await events.heard(3);
    expect(
      events.events.map((item) =>
        item.type === 'lifecycle'
          ? `${item.host} ${item.position.epoch}.${item.position.seq} ${item.domain.name} ${item.event}`
          : item.type,
      ),
    ).to.deep.equal(['one 1.1 alpha suspended', 'two 1.1 beta suspended', 'one 1.2 alpha resumed']);
  });

  it('should let each host fail and recover by itself', async () => {
    await using fleet = both();
    using events = await Listener.on((options) => fleet.events(options));
    using domains = new Listener(() => fleet.domains.pipe(map(inWords)));
    await domains.until((maps) => maps.at(-1) === `${allOn('one')}; ${allOn('two')}`);
    const { socketPath } = one;
    await one.close();
    act(two, 'suspend', 'beta');
    await domains.until(
      (maps) => maps.at(-1) === `${allOn('one')}; two: alpha running, beta paused, gamma shutoff`,
    );
    one = await ScriptedLibvirtd.start({ socketPath });
    await events.until((items) => items.some(({ host }) => host === 'one'));
    act(one, 'destroy', 'alpha');
    await events.until((items) => items.length >= 3);
    expect(
      events.events.map(
        (item) => `${item.host} ${item.position.epoch} ${'from' in item ? 'gap' : item.type}`,
      ),
    ).to.deep.equal(['two 1 lifecycle', 'one 2 gap', 'one 2 lifecycle']);
    await domains.until((maps) => maps.at(-1)?.includes('one: alpha shutoff') === true);
  });

  it('should give the items of a host that is added to streams that have subscribers already', async () => {
    await using fleet = watchAll({ one: one.uri }, quick);
    using status = new Listener(() => fleet.status.pipe(map(({ host, state }) => `${host} ${state}`)));
    using events = await Listener.on((options) => fleet.domainEvents('lifecycle', options));
    using changes = new Listener(() => fleet.domainChanges);
    using domains = new Listener(() => fleet.domains.pipe(map(inWords)));
    await domains.heard(1);
    const host = fleet.add(two.uri, { name: 'two' });
    expect(host).to.be.instanceOf(Host);
    expect([...fleet.hosts]).to.deep.equal([
      ['one', fleet.hosts.get('one')],
      ['two', host],
    ]);
    expect(status.events.at(-1)).to.equal('two connecting');
    await domains.until((maps) => maps.at(-1) === `${allOn('one')}; ${allOn('two')}`);
    await changes.heard(6);
    act(two, 'suspend', 'alpha');
    await events.heard(1);
    expect(events.events.map((item) => item.host)).to.deep.equal(['two']);
    await changes.heard(7);
    expect(changes.events.map(({ host: name, type }) => `${name} ${type}`).slice(3)).to.deep.equal([
      'two added',
      'two added',
      'two added',
      'two changed',
    ]);
  });

  it('should end the items of a host that is removed, and no stream', async () => {
    await using fleet = both();
    using status = new Listener(() => fleet.status.pipe(map(({ host, state }) => `${host} ${state}`)));
    using events = await Listener.on((options) => fleet.domainEvents('lifecycle', options));
    using changes = new Listener(() => fleet.domainChanges);
    using domains = new Listener(() => fleet.domains.pipe(map(inWords)));
    await domains.until((maps) => maps.at(-1) === `${allOn('one')}; ${allOn('two')}`);
    await changes.heard(6);
    const removing = fleet.remove('one');
    expect(domains.events.at(-1)).to.equal(allOn('two'));
    const told = changes.events.slice(6);
    expect(
      told.map((item) => `${item.host} ${item.type} ${nameIn(item)} ${item.synthetic}`).sort(),
    ).to.deep.equal(['alpha', 'beta', 'gamma'].map((name) => `one removed ${name} true`));
    const before = Math.max(
      ...changes.events.slice(0, 6).map(({ host, position }) => (host === 'one' ? position.seq : 0)),
    );
    expect(told.map(({ position }) => position)).to.deep.equal(
      [1, 2, 3].map((further) => ({ epoch: 1, seq: before + further })),
    );
    await removing;
    expect(status.events.at(-1)).to.equal('one closed');
    expect([...fleet.hosts.keys()]).to.deep.equal(['two']);
    await one.waitForClients(0);
    act(two, 'suspend', 'alpha');
    await events.heard(1);
    await changes.heard(10);
    for (const stream of [status, events, changes, domains]) expect(stream.isComplete).to.equal(false);
  });

  it('should take a host again under a name that was removed', async () => {
    await using fleet = both();
    using domains = new Listener(() => fleet.domains.pipe(map(inWords)));
    await domains.until((maps) => maps.at(-1) === `${allOn('one')}; ${allOn('two')}`);
    const removing = fleet.remove('one');
    fleet.add(two.uri, { name: 'one' });
    act(two, 'suspend', 'beta');
    await domains.until((maps) => maps.at(-1)?.startsWith('one: alpha running, beta paused') === true);
    await removing;
    expect(domains.events.at(-1)).to.include('one: alpha running, beta paused');
  });

  it('should tell a subscriber that removes a host the rest of the changes, and then their removal', async () => {
    await using fleet = both();
    const removing: Promise<void>[] = [];
    using early = new Listener(() => fleet.domainChanges);
    await early.heard(6);
    using changes = new Listener(() => fleet.domainChanges);
    expect(changes.events).to.have.lengthOf(6);
    changes.onEvent = () => {
      if (removing.length === 0) removing.push(fleet.remove('one'));
    };
    act(one, 'suspend', 'alpha');
    await changes.heard(10);
    await Promise.all(removing);
    for (const { events } of [early, changes]) {
      const held = new Set<string>();
      for (const change of events) {
        const key = `${change.host} ${nameIn(change)}`;
        expect(held.has(key), `${key} before it is ${change.type}`).to.equal(change.type !== 'added');
        if (change.type === 'removed') held.delete(key);
        else held.add(key);
      }
      expect([...held].sort()).to.deep.equal(['two alpha', 'two beta', 'two gamma']);
    }
  });

  it('should have the same uuid on two hosts, in maps that share what has not changed', async () => {
    await using fleet = both();
    using domains = new Listener<Objects>(() => fleet.domains);
    await domains.until((maps) => maps.at(-1)?.size === 2);
    const before = domains.events.at(-1) as Objects;
    const { uuid } = one.domains.get({ name: 'alpha' });
    const stateOn = (maps: Objects, host: string) => maps.get(host)?.get(uuid)?.state;
    act(two, 'suspend', 'alpha');
    await domains.until((maps) => stateOn(maps.at(-1) as Objects, 'two') === 'paused');
    const after = domains.events.at(-1) as Objects;
    expect(after.get('one')).to.equal(before.get('one'));
    expect(stateOn(before, 'two')).to.equal('running');
  });

  it('should give a late subscriber what is known in one map', async () => {
    await using fleet = both();
    using early = new Listener<Objects>(() => fleet.domains);
    await early.until((maps) => maps.at(-1)?.size === 2);
    using late = new Listener(() => fleet.domains.pipe(map(inWords)));
    expect(late.events).to.deep.equal([`${allOn('one')}; ${allOn('two')}`]);
  });

  it('should emit an empty map while it has no hosts', async () => {
    await using fleet = watchAll([], quick);
    using domains = new Listener(() => fleet.domains.pipe(map(inWords)));
    expect(domains.events).to.deep.equal(['']);
    fleet.add(one.uri, { name: 'one' });
    await domains.until((maps) => maps.at(-1) === allOn('one'));
    await fleet.remove('one');
    expect(domains.events).to.deep.equal(['', allOn('one'), '']);
  });

  it('should tell when each host has acknowledged, or has been removed', async () => {
    await using fleet = both();
    fleet.add('test+unix:///default?socket=/nowhere', { name: 'none' });
    using events = new Listener((options) => fleet.domainEvents('lifecycle', options));
    await Promise.all([one, two].map((daemon) => daemon.waitForRegistrations('domain', 'lifecycle')));
    act(one, 'suspend', 'alpha');
    await events.heard(1);
    expect(events.isRegistered).to.equal(false);
    await fleet.remove('none');
    await events.registered();
  });

  it('should go on when a host ends by itself, and keep what is known of it', async () => {
    await using fleet = watchAll({ one: one.uri, two: two.uri }, { reconnect: false });
    using status = new Listener(() => fleet.status.pipe(map(({ host, state }) => `${host} ${state}`)));
    using changes = new Listener(() => fleet.domainChanges);
    using domains = new Listener(() => fleet.domains.pipe(map(inWords)));
    await domains.until((maps) => maps.at(-1) === `${allOn('one')}; ${allOn('two')}`);
    await one.close();
    await status.until((items) => items.includes('one closed'));
    expect(domains.events.at(-1)).to.equal(`${allOn('one')}; ${allOn('two')}`);
    expect([status.isComplete, changes.isComplete, domains.isComplete]).to.deep.equal([false, false, false]);
    expect(fleet.health().connected).to.equal(1);
    await fleet.remove('one');
    expect(domains.events.at(-1)).to.equal(allOn('two'));
    expect(changes.events.slice(-3).map(({ host, type }) => `${host} ${type}`)).to.deep.equal(
      Array<string>(3).fill('one removed'),
    );
  });

  it('should complete all streams when it is closed, and leave no client, also of hosts that are being removed', async () => {
    const fleet = both();
    const ends: string[] = [];
    const streams: Readonly<Record<string, Observable<unknown>>> = {
      status: fleet.status,
      events: fleet.events(),
      lifecycle: fleet.domainEvents('lifecycle', { onRegistered: () => ends.push('registered') }),
      domains: fleet.domains,
      networks: fleet.networks,
      changes: fleet.domainChanges,
    };
    const types: string[] = [];
    fleet.domainChanges.subscribe(({ host, type }) => types.push(`${host} ${type}`));
    for (const [name, stream] of Object.entries(streams))
      stream.subscribe({ complete: () => ends.push(name) });
    await firstValueFrom(fleet.domains);
    await Promise.all([one, two].map((daemon) => daemon.waitForRegistrations('domain', 'lifecycle')));
    const removing = fleet.remove('two');
    await Promise.all([fleet.close(), fleet.close()]);
    expect(ends.filter((end) => end !== 'registered').sort()).to.deep.equal(Object.keys(streams).sort());
    await Promise.all([one.waitForClients(0), two.waitForClients(0)]);
    await removing;
    // The end of the fleet is no change of a domain.
    expect(types).to.not.include('one removed');
    for (const stream of [fleet.status, fleet.events(), fleet.domains, fleet.domainChanges]) {
      const late = new Listener<unknown>(() => stream);
      await late.completed();
    }
    expect(await rejection(fleet.remove('one'))).to.include({ code: 'ERR_FLEET_CLOSED' });
    expect(() => fleet.add(one.uri)).to.throw(FleetError, /was closed/);
  });
});
