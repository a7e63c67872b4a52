import { expect } from 'chai';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import type { ProcedureName } from '../support/scripted-libvirtd/index.js';
import { beBusy } from '../support/connection/several-connections.js';

// Constants of EventDispatcher: how many undelivered events are a backlog, and how long its connection is then not
// read.
const backlog = 32;
const maxPauseMs = 1000;

const lookup: ProcedureName = 'domain-lookup-by-name';

describe('a connection whose subscriber is slower than its events', () => {
  let scripted: ScriptedConnection;
  let listener: Listener<unknown>;

  beforeEach(async () => {
    scripted = await ScriptedConnection.open();
    listener = await Listener.on((options) => scripted.connection.domainEvents('lifecycle', options));
  });
  afterEach(() => scripted.close());

  const stats = () => scripted.connection.stats();
  const lookups = () => scripted.daemon.calls.filter(({ procedure }) => procedure === lookup).length;

  async function flood(count: number): Promise<void> {
    await scripted.daemon.flood('all', { count });
    await listener.heard(count + 1);
  }

  it('should not read its socket until the events that wait are delivered, backlog after backlog', async () => {
    let heldSince: number | undefined;
    let queued = 0;
    let backlogs = 0;
    let readMeanwhile = 0;
    let mostQueued = 0;
    listener.onEvent = () => {
      const { isHeldBack, queuedEvents } = stats();
      mostQueued = Math.max(mostQueued, queuedEvents);
      if (!isHeldBack) {
        heldSince = undefined;
      } else if (heldSince === undefined) {
        backlogs++;
        heldSince = performance.now();
      } else if (queuedEvents > queued && performance.now() - heldSince < maxPauseMs / 2) {
        // After a whole pause the socket is read for some turns.
        readMeanwhile++;
      }
      queued = queuedEvents;
      beBusy(1);
    };
    await flood(1000);
    expect(backlogs).to.be.above(2);
    expect(readMeanwhile).to.equal(0);
    expect(mostQueued, 'most of them waited with the sender').to.be.within(backlog, 500);
    expect(stats()).to.include({ queuedEvents: 0, isHeldBack: false });
  });

  it('should not hold back a connection that has few events left', async () => {
    let held = 0;
    let left = 0;
    listener.onEvent = () => {
      if (stats().isHeldBack) held++;
      left = Math.max(left, stats().queuedEvents);
      beBusy(3);
    };
    await flood(backlog - 2);
    expect(left, 'more than one turn delivers').to.be.above(4);
    expect(held).to.equal(0);
  });

  it('should begin new calls when the events that wait are delivered, and not before', async () => {
    let call: Promise<unknown> | undefined;
    let heldUntilEvent = 0;
    let heldWhileWaiting = 0;
    const early: string[] = [];
    listener.onEvent = () => {
      const { isHeldBack, queuedEvents, callsWaiting } = stats();
      const heard = listener.events.length;
      if (isHeldBack && call === undefined) {
        call = scripted.connection.lookupDomainByName('alpha');
        // The call may begin after so many events: those that wait now, and this event is one of them.
        heldUntilEvent = heard + queuedEvents - 1;
        if (stats().callsWaiting === callsWaiting) early.push('begun at once');
      } else if (call !== undefined && heard < heldUntilEvent) {
        heldWhileWaiting++;
        if (lookups() !== 0) early.push(`after ${heard} events`);
      }
      // So slow that each turn reads more events than it delivers, even in an addon that is built for a sanitizer.
      beBusy(4);
    };
    await flood(200);
    expect(await call).to.include({ name: 'alpha' });
    expect(heldWhileWaiting).to.be.above(backlog / 2);
    expect(early).to.deep.equal([]);
  });

  it('should be read again when it was held back for a second, and begin no call then', async () => {
    let heldSince: number | undefined;
    let heldUntilEvent = 0;
    let queued = 0;
    let readAfterMs: number | undefined;
    let call: Promise<unknown> | undefined;
    const early: number[] = [];
    listener.onEvent = () => {
      const { isHeldBack, queuedEvents, callsUnderWay } = stats();
      const heard = listener.events.length;
      if (isHeldBack) {
        if (heldSince === undefined) {
          heldSince = performance.now();
          queued = queuedEvents; // events that were read before the pause don't count
        }
        if (call === undefined) {
          call = scripted.connection.lookupDomainByName('alpha');
          // The call may begin after so many events: those that wait now, and this event is one of them.
          heldUntilEvent = heard + queuedEvents - 1;
        }
        if (queuedEvents > queued) readAfterMs ??= performance.now() - heldSince;
        if (callsUnderWay > 0 && heard < heldUntilEvent) early.push(heard);
      } else if (readAfterMs === undefined) {
        heldSince = undefined;
      }
      queued = queuedEvents;
      // So slow, until the socket is read, that the backlog lasts longer than the pause.
      beBusy(readAfterMs === undefined ? (2 * maxPauseMs) / backlog : 1);
    };
    await flood(1000);
    expect(readAfterMs).to.be.above(maxPauseMs / 2);
    expect(early).to.deep.equal([]);
    expect(await call).to.include({ name: 'alpha' });
  });

  it('should not be ended by keepalive while its daemon lives, although its socket is not read', async () => {
    // With a count of 0, any second without a message ends the connection.
    await using strict = await ScriptedConnection.open({ keepAlive: { interval: 1, count: 0 } });
    const slow = await Listener.on((options) => strict.connection.domainEvents('lifecycle', options));
    slow.onEvent = () => {
      beBusy(20);
    };
    await strict.daemon.flood('all', { count: 200 });
    await slow.heard(200);
  });

  it('should begin a call even when its events never end', async () => {
    let call: Promise<void> | undefined;
    let isAnswered = false;
    let releases = 0;
    listener.onEvent = () => {
      const { isHeldBack } = stats();
      if (isHeldBack) {
        call ??= scripted.connection.lookupDomainByName('alpha').then(() => void (isAnswered = true));
      } else if (call !== undefined && !isAnswered) {
        releases++;
      }
      // So slow that fewer events are delivered than one read each second brings.
      if (!isAnswered) beBusy((2 * maxPauseMs) / backlog);
    };
    await flood(3000);
    await call;
    expect(isAnswered).to.equal(true);
    expect(releases, 'how often it caught up before the answer').to.equal(0);
  });
});
