import { expect } from 'chai';
import { resolve as absolute } from 'node:path';
import { firstValueFrom, take, toArray } from 'rxjs';
import { Connection, LibvirtError, type Domain, type DomainLifecycleEvent } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

// Each connection to a file of the test driver has a host of its own. All connections to test:///default share one host
// for as long as one of them is open. A connection that another spec has closed may stay open for a moment.
const uri = `test://${absolute('spec/fixtures/test-host.xml')}`;
const uuid = '6695eb01-f6a4-8304-79aa-97f2502e193f';

describe('Domain', () => {
  let connection: Connection;
  let domain: Domain;
  beforeEach(async () => {
    connection = await Connection.open(uri);
    domain = await connection.lookupDomainByName('test');
  });
  afterEach(() => connection.close());

  it('should know its name, uuid and id', () => {
    expect(domain).to.include({ name: 'test', uuid, id: 1 });
  });

  it('should go through its states, in virsh’s words', async () => {
    const words: string[] = [];
    const note = async (): Promise<void> => {
      const { state, reason } = await domain.state();
      words.push(`${state} (${reason})`);
    };
    await note();
    for (const step of ['suspend', 'resume', 'destroy', 'create'] as const) {
      await domain[step]();
      await note();
    }
    expect(words).to.deep.equal([
      'running (unknown)',
      'paused (user)',
      'running (unpaused)',
      'shutoff (destroyed)',
      'running (booted)',
    ]);
  });

  it('should reject with LibvirtError what its state does not allow', async () => {
    const error = await rejection(domain.create());
    expect(error).to.be.instanceOf(LibvirtError);
    expect(error).to.include({
      code: 'VIR_ERR_INTERNAL_ERROR',
      domain: 'VIR_FROM_TEST',
      call: 'virDomainCreateWithFlags',
    });
  });

  it('should be made from a uuid without asking libvirt, as from an event', async () => {
    const same = connection.domain({ uuid });
    expect((await same.state()).state).to.equal('running');
  });

  it('should reject at its first call when there is no domain with its uuid', async () => {
    const nobody = connection.domain({ uuid: '00000000-0000-0000-0000-000000000001' });
    expect(await rejection(nobody.state())).to.include({ code: 'VIR_ERR_NO_DOMAIN' });
  });

  describe('events', () => {
    /** Calls `act` when libvirt has acknowledged the registration. Resolves with the events that `act` causes. */
    function eventsOf(count: number, act: () => Promise<void>): Promise<DomainLifecycleEvent[]> {
      const events = connection.domainEvents('lifecycle', { domain, onRegistered: () => void act() });
      return firstValueFrom(events.pipe(take(count), toArray()));
    }

    it('should be plain, frozen and safe for JSON', async () => {
      const before = Date.now();
      const [event] = await eventsOf(1, () => domain.suspend());
      expect(event?.time).to.be.within(before, Date.now());
      expect(event).to.deep.equal({
        category: 'domain',
        type: 'lifecycle',
        domain: { name: 'test', uuid, id: 1 },
        event: 'suspended',
        detail: 'paused',
        eventNumber: 3,
        detailNumber: 0,
        time: event?.time,
      });
      expect(Object.isFrozen(event)).to.equal(true);
      expect(Object.isFrozen(event?.domain)).to.equal(true);
      expect(JSON.parse(JSON.stringify(event))).to.deep.equal(event);
    });

    it('should have the id null when the domain does not run', async () => {
      const events = await eventsOf(2, async () => {
        await domain.destroy();
        await domain.create();
      });
      expect(events.map((event) => [event.event, event.detail, event.domain.id === null])).to.deep.equal([
        ['stopped', 'destroyed', true],
        ['started', 'booted', false],
      ]);
    });

    it('should be shared: all subscribers see the very same events', async () => {
      const events = connection.domainEvents('lifecycle');
      const first = firstValueFrom(events);
      const second = firstValueFrom(
        connection.domainEvents('lifecycle', { onRegistered: () => void domain.suspend() }),
      );
      expect(await first).to.equal(await second);
    });

    it('should not be delivered after unsubscribe has returned', async () => {
      const seen: string[] = [];
      await new Promise<void>((onRegistered) => {
        const subscription = connection.domainEvents('lifecycle', { onRegistered }).subscribe(({ event }) => {
          seen.push(event);
          subscription.unsubscribe();
        });
      });
      // A registration of its own, which libvirt calls after the first one. It hears both.
      await eventsOf(2, () => domain.suspend().then(() => domain.resume()));
      await connection.close();
      expect(seen).to.deep.equal(['suspended']);
    });

    it('should begin again for a subscriber who comes after the last one has unsubscribed', async () => {
      for (let round = 0; round < 3; round++) {
        const [event] = await eventsOf(1, () => (round % 2 === 0 ? domain.suspend() : domain.resume()));
        expect(event?.event).to.equal(round % 2 === 0 ? 'suspended' : 'resumed');
      }
    });

    it('should complete when the connection is closed', async () => {
      let closing: Promise<void> | undefined;
      const events = connection.domainEvents('lifecycle', {
        onRegistered: () => {
          closing = connection.close();
        },
      });
      expect(await firstValueFrom(events.pipe(toArray()))).to.deep.equal([]);
      await closing;
    });

    it('should complete when the connection is closed before libvirt has acknowledged', async () => {
      const all = firstValueFrom(connection.domainEvents('lifecycle').pipe(toArray()));
      await connection.close();
      expect(await all).to.deep.equal([]);
    });
  });
});
