import { expect } from 'chai';
import { UnsupportedEventError } from '../../lib/index.js';
import { hasEvent } from '../support/installed/installed-libvirt.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';

/** What is newer than the oldest libvirt that rxvirt works with. */
const newer = {
  domain: ['memory-device-size-change', 'nic-mac-change', 'vcpu-removed', 'channel-lifecycle'],
  network: ['metadata-change'],
} as const;

describe('events that not every libvirt has', () => {
  let scripted: ScriptedConnection;

  before(async () => {
    scripted = await ScriptedConnection.open();
  });

  after(() => scripted.close());

  function listenerOf(category: keyof typeof newer, type: string): Listener<unknown> {
    const { connection } = scripted;
    return category === 'domain'
      ? new Listener((options) => connection.domainEvents(type as 'vcpu-removed', options))
      : new Listener((options) => connection.networkEvents(type as 'metadata-change', options));
  }

  for (const category of ['domain', 'network'] as const) {
    for (const type of newer[category]) {
      const isInstalled = hasEvent(category, type);
      it(`should be ${isInstalled ? 'registered for' : 'refused where the installed libvirt is older'}: ${category} ${type}`, async () => {
        const listener = listenerOf(category, type);
        if (isInstalled) {
          await listener.registered();
          listener.stop();
          await scripted.deregistered();
          return;
        }
        const error = await listener.failed();
        expect(error).to.be.instanceOf(UnsupportedEventError);
        expect(error).to.have.property('cause').that.includes({ code: 'VIR_ERR_NO_SUPPORT' });
        expect(error)
          .to.have.property('message')
          .that.matches(/this needs libvirt \d+\.\d+, and \d+\.\d+ is installed/);
      });
    }
  }
});
