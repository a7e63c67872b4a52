import { expect } from 'chai';
import { hostProvocations } from './provoke-host-objects.js';
import { QemuHost } from './qemu-host.js';
import { disposeAll } from '../libvirtd/dispose-all.js';
import { requireQemu } from './require-qemu.js';
import { showLogOnFailure } from '../libvirtd/show-log.js';
import { VirshEvents } from '../virsh/virsh-events.js';

describe('The provocations of network, pool and secret events', () => {
  requireQemu();
  let host: QemuHost;
  before(async () => {
    host = await QemuHost.start();
  });
  after(() => disposeAll(host));
  showLogOnFailure(() => host);

  for (const { category, type, how, words, provoke } of hostProvocations) {
    it(`should make virsh see ${type} of a ${category} when ${how}`, async () => {
      await using events = await VirshEvents.start(host.uri, category, type);
      const subject = await provoke(host, `provoked-${category}`);
      await events.first(() => events.seen.length >= words.length);
      expect(events.seen).to.deep.equal(
        words.map((expected) => ({ category, type, subject, words: expected, details: [] })),
      );
    });
  }
});
