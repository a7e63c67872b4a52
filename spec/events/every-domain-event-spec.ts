import { expect } from 'chai';
import type { LibvirtEvent } from '../../lib/index.js';
import { installedEventTypes } from '../support/installed/installed-libvirt.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import type { Case, SentType } from './domain-cases.js';
import { domainDeviceCases } from './domain-device-cases.js';
import { domainGuestCases } from './domain-guest-cases.js';
import { most, notUtf8, replaced } from './extreme-values.js';
import { isDeeplyFrozen } from './is-deeply-frozen.js';

const installed = new Set(installedEventTypes('domain'));
const cases = { ...domainGuestCases, ...domainDeviceCases };

const domains = [
  { sent: { name: 'delta', id: 7 }, heard: { name: 'delta', id: 7 } },
  { sent: { name: '', id: -1 }, heard: { name: '', id: null } },
  { sent: { name: notUtf8, id: 0 }, heard: { name: replaced, id: 0 } },
  { sent: { name: 'd'.repeat(65_536), id: most }, heard: { name: 'd'.repeat(65_536), id: most } },
];
const uuid = 'de17a000-0000-4000-8000-000000000004';

describe('domain events through libvirt’s client', () => {
  let scripted: ScriptedConnection;

  before(async () => {
    scripted = await ScriptedConnection.open();
  });

  after(() => scripted.close());

  // The installed client can't receive events that it can't register for. called-callbacks-spec has those events.
  for (const type of (Object.keys(cases) as SentType[]).filter((each) => installed.has(each))) {
    it(`should have every field of ${type}`, async () => {
      const { connection, daemon } = scripted;
      const before = Date.now();
      const listener = await Listener.on<LibvirtEvent<'domain'>>((options) =>
        connection.domainEvents(type, options),
      );
      for (const [sent, heard] of cases[type] as readonly Case<SentType>[]) {
        const domain = { name: 'delta', uuid, id: 7 };
        expect(daemon.emit('domain', type, { domain, ...sent })).to.equal(1);
        const { time, ...event } = await listener.heardOne();
        expect(event).to.deep.equal({ category: 'domain', type, domain, ...heard });
        expect(time).to.be.within(before, Date.now());
      }
      listener.stop();
      await scripted.deregistered();
    });

    it(`should freeze ${type} throughout, and send it through JSON unchanged`, async () => {
      const { connection, daemon } = scripted;
      const listener = await Listener.on<LibvirtEvent<'domain'>>((options) =>
        connection.domainEvents(type, options),
      );
      for (const [sent] of cases[type] as readonly Case<SentType>[]) {
        daemon.emit('domain', type, { domain: { name: 'delta', uuid, id: 7 }, ...sent });
        const event = await listener.heardOne();
        expect(isDeeplyFrozen(event)).to.equal(true);
        expect(JSON.parse(JSON.stringify(event))).to.deep.equal(event);
      }
      listener.stop();
      await scripted.deregistered();
    });
  }

  it('should name domains whatever they are called, with null for one that is not running', async () => {
    const { connection, daemon } = scripted;
    const listener = await Listener.on((options) => connection.domainEvents('reboot', options));
    for (const { sent, heard } of domains) {
      daemon.emit('domain', 'reboot', { domain: { ...sent, uuid } });
      expect((await listener.heardOne()).domain).to.deep.equal({ ...heard, uuid });
    }
    listener.stop();
  });

  it('should keep one frozen object for a domain while nothing of it changes', async () => {
    const { connection, daemon } = scripted;
    const reboots = await Listener.on((options) => connection.domainEvents('reboot', options));
    const watchdogs = await Listener.on((options) => connection.domainEvents('watchdog', options));
    const domain = { name: 'epsilon', uuid, id: 3 };
    daemon.emit('domain', 'reboot', { domain });
    daemon.emit('domain', 'watchdog', { domain, action: 0 });
    expect((await watchdogs.heardOne()).domain).to.equal((await reboots.heardOne()).domain);
    reboots.stop();
    watchdogs.stop();
  });
});
