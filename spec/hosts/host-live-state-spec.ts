import { expect } from 'chai';
import { map } from 'rxjs';
import { watch, type Change, type DomainSnapshot, type FromHost } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { quick } from '../support/hosts/quick.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';
import { testDomainXml } from '../support/test-domain-xml.js';
import { virsh } from '../support/virsh/virsh.js';

const inShort = (change: FromHost<Change<DomainSnapshot>>): string => {
  const describe = ({ name, state, persistent }: DomainSnapshot): string =>
    `${name} ${state}${persistent ? '' : ' transient'}`;
  const before = change.type === 'added' ? '' : ` ${describe(change.before)}`;
  const after =
    change.type === 'removed' ? '' : ` ${change.type === 'changed' ? '→ ' : ''}${describe(change.after)}`;
  return change.type + before + after;
};

describe('the live state of a watched host', () => {
  let libvirtd: PrivateLibvirtd;
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  afterEach(() => libvirtd.stop());

  it('should follow all that can happen to a domain', async () => {
    const { uri, directory } = libvirtd;
    const transient = directory.writeFile('transient.xml', testDomainXml('passing'));
    const first = directory.writeFile(
      'first.xml',
      testDomainXml('again', '11111111-1111-4111-8111-111111111111'),
    );
    const second = directory.writeFile(
      'second.xml',
      testDomainXml('again', '22222222-2222-4222-8222-222222222222'),
    );
    await using host = watch(uri, quick);
    using changes = new Listener(() => host.domainChanges);
    await changes.until((items) => items.length === 1);
    const told = async (command: string, count: number): Promise<string[]> => {
      const from = changes.events.length;
      await virsh(uri, command);
      await changes.until((items) => items.length >= from + count);
      return changes.events.slice(from).map(inShort);
    };
    expect(changes.events.map(inShort)).to.deep.equal(['added test running']);
    expect(await told(`create ${transient}`, 1)).to.deep.equal(['added passing running transient']);
    expect(await told('destroy passing', 1)).to.deep.equal(['removed passing running transient']);
    expect(await told('undefine test', 1)).to.deep.equal(['changed test running → test running transient']);
    expect(await told(`define ${first}`, 1)).to.deep.equal(['added again shutoff']);
    expect(await told('domrename again other', 1)).to.deep.equal(['changed again shutoff → other shutoff']);
    expect(await told('domrename other again', 1)).to.deep.equal(['changed other shutoff → again shutoff']);
    const redefined = await told(`undefine again; define ${second}`, 2);
    expect(redefined).to.deep.equal(['removed again shutoff', 'added again shutoff']);
    expect(changes.events.some(({ synthetic }, index) => synthetic && index > 0)).to.equal(false);
    const uuids = changes.events
      .slice(-2)
      .map(
        (item) =>
          (item.type === 'removed' ? item.before : item.type === 'added' ? item.after : undefined)?.uuid[0],
      );
    expect(uuids).to.deep.equal(['1', '2']);
  });

  it('should keep the networks, storage pools and node devices up to date', async () => {
    await using host = watch(libvirtd.uri, quick);
    using networks = new Listener(() =>
      host.networks.pipe(map((all) => [...all.values()].map(({ active }) => active))),
    );
    using pools = new Listener(() =>
      host.storagePools.pipe(map((all) => [...all.values()].map(({ state }) => state))),
    );
    using devices = new Listener(() => host.nodeDevices.pipe(map((all) => all.size)));
    await Promise.all(
      [networks, pools, devices].map((each) => each.until((items: readonly unknown[]) => items.length === 1)),
    );
    await virsh(libvirtd.uri, 'net-destroy default; pool-destroy default-pool');
    await networks.until((items) => items.length === 2);
    await pools.until((items) => items.length === 2);
    expect(networks.events).to.deep.equal([[true], [false]]);
    expect(pools.events).to.deep.equal([['running'], ['inactive']]);
    expect(devices.events[0]).to.be.above(1);
  });
});

describe('the cost of a watched host', () => {
  it('should be two calls for the list, and one for an event of a domain that is known', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    await using host = watch(daemon.uri, quick);
    using changes = new Listener(() => host.domainChanges);
    await changes.until((items) => items.length === daemon.domains.all.length);
    const stats = (): string[] =>
      daemon.calls
        .map(({ procedure }) => procedure)
        .filter((name) => name.includes('stats') || name.includes('lookup'));
    expect(stats()).to.deep.equal(['connect-get-all-domain-stats', 'connect-get-all-domain-stats']);
    const before = changes.events.length;
    daemon.domains.act('suspend', daemon.domains.get({ name: 'alpha' }).uuid);
    await changes.until((items) => items.length > before);
    // libvirt's client sends virDomainListGetStats as this message too.
    expect(stats().slice(2)).to.deep.equal(['connect-get-all-domain-stats']);
  });
});
