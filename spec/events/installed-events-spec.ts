import { expect } from 'chai';
import type { Observable } from 'rxjs';
import { UnsupportedEventError, type EventOptions } from '../../lib/index.js';
import { allRows } from '../support/events/event-rows.js';
import { hasEvent, type NumberedCategory } from '../support/installed/installed-libvirt.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';

/** The kinds of event that are newer than the oldest libvirt that rxvirt works with. */
const newer = allRows.filter(({ since }) => {
  const [major = 0, minor = 0] = since.split('.').map(Number);
  return major > 7 || (major === 7 && minor > 0);
});

describe('events that not every libvirt has', () => {
  let scripted: ScriptedConnection;

  before(async () => {
    scripted = await ScriptedConnection.open();
  });

  after(() => scripted.close());

  function listenerOf(category: NumberedCategory, type: string): Listener<unknown> {
    const { connection } = scripted;
    const streams = {
      domain: (options) => connection.domainEvents(type as 'reboot', options),
      network: (options) => connection.networkEvents(type as 'lifecycle', options),
      'storage-pool': (options) => connection.storagePoolEvents(type as 'refresh', options),
      'node-device': (options) => connection.nodeDeviceEvents(type as 'update', options),
      secret: (options) => connection.secretEvents(type as 'lifecycle', options),
    } satisfies Record<NumberedCategory, (options: EventOptions) => Observable<unknown>>;
    return new Listener<unknown>(streams[category]);
  }

  for (const { category, type } of newer) {
    if (category === 'qemu-monitor') continue;
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
      expect(error)
        .to.have.property('cause')
        .that.includes({
          code: 'VIR_ERR_NO_SUPPORT',
          domain: 'VIR_FROM_EVENT',
          level: 'VIR_ERR_ERROR',
        })
        .and.has.property('call')
        .that.matches(/^virConnect\w+EventRegisterAny$/);
      expect(error)
        .to.have.property('message')
        .that.matches(/this needs libvirt \d+\.\d+, and \d+\.\d+ is installed/);
    });
  }
});
