import { expect } from 'chai';
import { lastValueFrom, take, tap } from 'rxjs';
import { Connection, type Domain } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { Virsh } from '../support/scripted-libvirtd/virsh.js';

// Each process has its own hosts of the test driver, so events that virsh causes are not seen here.
describe('events of libvirt’s test driver', () => {
  let connection: Connection;
  let domain: Domain;

  beforeEach(async () => {
    connection = await Connection.open('test:///default');
    domain = await connection.lookupDomainByName('test');
  });

  afterEach(() => connection.close());

  it('should tell a domain’s states in order, without a daemon', async () => {
    const all = await Listener.on((options) => connection.domainEvents('lifecycle', options));
    const own = await Listener.on((options) => connection.domainEvents('lifecycle', { ...options, domain }));
    await domain.suspend();
    await domain.resume();
    await domain.destroy();
    await domain.create();
    await all.heard(4);
    const told = (await own.heard(4)).map(({ event, detail, domain: { id } }) => [
      event,
      detail,
      id !== null,
    ]);
    expect(told).to.deep.equal([
      ['suspended', 'paused', true],
      ['resumed', 'unpaused', true],
      ['stopped', 'destroyed', false],
      ['started', 'booted', true],
    ]);
    // Each registration has its own callback, and each callback reads the clock.
    const withoutTime = (events: readonly object[]) => events.map((event) => ({ ...event, time: 0 }));
    expect(withoutTime(all.events)).to.deep.equal(withoutTime(own.events));
  });

  it('should fail with an error of its own when the domain of a filter doesn’t exist', async () => {
    const missing = new Listener(() =>
      connection.domainEvents('lifecycle', { domain: { uuid: '00000000-0000-4000-8000-000000000000' } }),
    );
    expect(await missing.failed()).to.include({ name: 'LibvirtError', code: 'VIR_ERR_NO_DOMAIN' });
  });

  it('should be named as virsh names them', async () => {
    const lists = {
      event: 'domain',
      'net-event': 'network',
      'pool-event': 'storage-pool',
      'nodedev-event': 'node-device',
    };
    const supported = await connection.supportedEvents();
    for (const [command, category] of Object.entries(lists)) {
      const virsh = new Virsh('test:///default', command, '--list');
      await virsh.ends();
      const ours = supported.filter((each) => each.category === category).map(({ type }) => type);
      expect(ours, command).to.deep.equal(virsh.output.trim().split('\n'));
    }
  });

  it('should acknowledge before the first event, even while events flow', async () => {
    const enough = new AbortController();
    const flow = (async () => {
      while (!enough.signal.aborted) {
        await domain.suspend();
        await domain.resume();
      }
    })();
    const tell = async (): Promise<string[]> => {
      await using other = await Connection.open('test:///default');
      await other.lookupDomainByName('test');
      const told: string[] = [];
      const onRegistered = () => told.push('acknowledged');
      const events = other.domainEvents('lifecycle', { onRegistered }).pipe(take(1));
      await lastValueFrom(events.pipe(tap(() => told.push('event'))));
      return told;
    };
    const inOrder = ['acknowledged', 'event'];
    for (let round = 0; round < 25; round++) {
      const told = await Promise.all(Array.from({ length: 20 }, tell));
      expect(told).to.deep.equal(Array.from({ length: 20 }, () => inOrder));
    }
    enough.abort();
    await flow;
  });
});
