import { expect } from 'chai';
import { Connection } from '../../lib/index.js';
import { BesideVirsh } from '../support/virsh/beside-virsh.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { Guest } from '../support/qemu/guest.js';
import { Marker } from '../support/qemu/marker.js';
import { expectProvoked, provokedWords, type Provocation } from '../support/qemu/provocation.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { domainProvocations } from '../support/qemu/qemu-provoke.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';

/** Groups the events that are provoked in the same way, so that each way is used once. */
const provocations = [...new Set(domainProvocations.map(({ provoke }) => provoke))].map((provoke) => ({
  provoke,
  provoked: domainProvocations.filter((provocation) => provocation.provoke === provoke),
}));

const whatAndHow = (provoked: readonly Provocation[]): string =>
  `${provoked.map(({ type }) => type).join(', ')} when ${provoked[0]?.how ?? ''}`;

describe('rxvirt beside virsh, domain and monitor events of QEMU', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let marker: Marker;
  let domainEvents: BesideVirsh;
  let monitorEvents: BesideVirsh;
  let count = 0;

  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
    marker = await Marker.on(host, connection);
    domainEvents = await BesideVirsh.start(host.uri, { category: 'domain' }, (options) =>
      connection.events({ categories: ['domain'], ...options }),
    );
    monitorEvents = await BesideVirsh.start(host.uri, { category: 'qemu-monitor' }, (options) =>
      connection.qemuMonitorEvents(options),
    );
  });

  after(() => disposeAll(domainEvents, monitorEvents, connection, host));

  showLogOnFailure(() => host);
  showLogOnFailure(() => domainEvents);
  showLogOnFailure(() => monitorEvents);

  for (const { provoke, provoked } of provocations) {
    it(`should see ${whatAndHow(provoked)}`, async () => {
      await using guest = new Guest(host, `beside${(count += 1)}`);
      const { virsh } = domainEvents;
      await provoke(guest, virsh);
      for (const provocation of provoked) {
        const { length } = provocation.words;
        await virsh.first(() => provokedWords(provocation, guest, virsh.seen).length >= length);
      }
      await marker.mark();
      const seen = await domainEvents.upTo(marker.isMark);
      expect(seen.rxvirt).to.deep.equal(seen.virsh);
      for (const provocation of provoked) expectProvoked(provocation, guest, seen.rxvirt);
      const heard = await monitorEvents.upTo(marker.isMark);
      expect(heard.rxvirt).to.deep.equal(heard.virsh);
    });
  }
});
