import { expect } from 'chai';
import { hasEvent } from '../support/installed/installed-libvirt.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import { long, least, most, notUtf8, replaced, unknown } from './extreme-values.js';
import { isDeeplyFrozen } from './is-deeply-frozen.js';

const uuid = 'de17a000-0000-4000-8000-000000000004';
const names = [
  { sent: 'default', heard: 'default' },
  { sent: '', heard: '' },
  { sent: long, heard: long },
  { sent: notUtf8, heard: replaced },
];

describe('events of the other families through libvirt’s client', () => {
  let scripted: ScriptedConnection;

  before(async () => {
    scripted = await ScriptedConnection.open();
  });

  after(() => scripted.close());

  /** Expects the listener's next event to be this one, frozen, stamped with a time and fit for JSON. */
  async function expectNext(listener: Listener<{ readonly time: number }>, expected: object): Promise<void> {
    const event = await listener.heardOne();
    const { time, ...rest } = event;
    expect(rest).to.deep.equal(expected);
    expect(time).to.be.closeTo(Date.now(), 10_000);
    expect(isDeeplyFrozen(event)).to.equal(true);
    expect(JSON.parse(JSON.stringify(event))).to.deep.equal(event);
  }

  it('should have every field of a network’s lifecycle', async () => {
    const { connection, daemon } = scripted;
    const listener = await Listener.on((options) => connection.networkEvents('lifecycle', options));
    const event = { category: 'network', type: 'lifecycle' };
    for (const { sent, heard } of names) {
      daemon.emit('network', 'lifecycle', { network: { name: sent, uuid }, event: 2, detail: most });
      const network = { name: heard, uuid };
      await expectNext(listener, { ...event, network, event: 'started', eventNumber: 2, detail: most });
    }
    for (const number of unknown) {
      daemon.emit('network', 'lifecycle', { network: { name: 'n', uuid }, event: number, detail: least });
      const network = { name: 'n', uuid };
      await expectNext(listener, { ...event, network, event: 'unknown', eventNumber: number, detail: least });
    }
    listener.stop();
  });

  // The installed client can't receive events that it can't register for. called-callbacks-spec has those events.
  if (hasEvent('network', 'metadata-change')) {
    it('should have every field of a network’s change of metadata', async () => {
      const { connection, daemon } = scripted;
      const listener = await Listener.on((options) => connection.networkEvents('metadata-change', options));
      const event = { category: 'network', type: 'metadata-change' };
      for (const { sent, heard } of names) {
        daemon.emit('network', 'metadata-change', { network: { name: sent, uuid }, type: 2, nsuri: sent });
        const network = { name: heard, uuid };
        const element = { metadataType: 'element', metadataTypeNumber: 2, nsuri: heard };
        await expectNext(listener, { ...event, network, ...element });
      }
      for (const number of unknown) {
        daemon.emit('network', 'metadata-change', {
          network: { name: 'n', uuid },
          type: number,
          nsuri: null,
        });
        const network = { name: 'n', uuid };
        const metadata = { metadataType: 'unknown', metadataTypeNumber: number, nsuri: null };
        await expectNext(listener, { ...event, network, ...metadata });
      }
      listener.stop();
    });
  }

  it('should have every field of a storage pool’s events', async () => {
    const { connection, daemon } = scripted;
    const lifecycle = await Listener.on((options) => connection.storagePoolEvents('lifecycle', options));
    const refresh = await Listener.on((options) => connection.storagePoolEvents('refresh', options));
    for (const { sent, heard } of names) {
      const pool = { name: sent, uuid };
      const storagePool = { name: heard, uuid };
      daemon.emit('storage-pool', 'lifecycle', { pool, event: 4, detail: 0 });
      const event = { category: 'storage-pool', type: 'lifecycle', storagePool };
      await expectNext(lifecycle, { ...event, event: 'created', eventNumber: 4, detail: 0 });
      daemon.emit('storage-pool', 'refresh', { pool });
      await expectNext(refresh, { category: 'storage-pool', type: 'refresh', storagePool });
    }
    lifecycle.stop();
    refresh.stop();
  });

  it('should have every field of a node device’s events', async () => {
    const { connection, daemon } = scripted;
    const lifecycle = await Listener.on((options) => connection.nodeDeviceEvents('lifecycle', options));
    const update = await Listener.on((options) => connection.nodeDeviceEvents('update', options));
    for (const { sent, heard } of names) {
      const device = { name: sent };
      const nodeDevice = { name: heard };
      daemon.emit('node-device', 'lifecycle', { device, event: 1, detail: -1 });
      const event = { category: 'node-device', type: 'lifecycle', nodeDevice };
      await expectNext(lifecycle, { ...event, event: 'deleted', eventNumber: 1, detail: -1 });
      daemon.emit('node-device', 'update', { device });
      await expectNext(update, { category: 'node-device', type: 'update', nodeDevice });
    }
    lifecycle.stop();
    update.stop();
  });

  it('should have every field of a secret’s events', async () => {
    const { connection, daemon } = scripted;
    const lifecycle = await Listener.on((options) => connection.secretEvents('lifecycle', options));
    const changed = await Listener.on((options) => connection.secretEvents('value-changed', options));
    for (const { sent, heard } of names) {
      const secret = { uuid, usageType: 3, usageId: sent };
      const eventSecret = { uuid, usageType: 'iscsi', usageTypeNumber: 3, usageId: heard };
      daemon.emit('secret', 'lifecycle', { secret, event: 1, detail: 0 });
      const event = { category: 'secret', type: 'lifecycle', secret: eventSecret };
      await expectNext(lifecycle, { ...event, event: 'undefined', eventNumber: 1, detail: 0 });
      daemon.emit('secret', 'value-changed', { secret: { ...secret, usageType: 99 } });
      const unknownSecret = { ...eventSecret, usageType: 'unknown', usageTypeNumber: 99 };
      await expectNext(changed, { category: 'secret', type: 'value-changed', secret: unknownSecret });
    }
    lifecycle.stop();
    changed.stop();
  });

  it('should have every field of a monitor event', async () => {
    const { connection, daemon } = scripted;
    const listener = await Listener.on((options) => connection.qemuMonitorEvents(options));
    const domain = { name: 'delta', uuid, id: 7 };
    const event = { category: 'qemu-monitor', type: 'event', domain };
    const cases = [
      [
        { event: 'RESET', seconds: 1_700_000_000n, micros: 999_999, details: '{"guest":false}' },
        { event: 'RESET', seconds: 1_700_000_000, micros: 999_999, details: '{"guest":false}' },
      ],
      [
        { event: '', seconds: -1n, micros: 2 ** 32 - 1, details: null },
        { event: '', seconds: -1, micros: 2 ** 32 - 1, details: null },
      ],
      [
        { event: notUtf8, seconds: 2n ** 63n - 1n, micros: 0, details: long },
        { event: replaced, seconds: 2 ** 63, micros: 0, details: long },
      ],
    ] as const;
    for (const [sent, heard] of cases) {
      daemon.emit('qemu-monitor', 'event', { domain, ...sent });
      await expectNext(listener, { ...event, ...heard });
    }
    listener.stop();
  });
});
