import { expect } from 'chai';
import { Guest } from './guest.js';
import { expectProvoked, provokedWords } from './provocation.js';
import { QemuHost } from './qemu-host.js';
import { domainProvocations, unprovokedDomainEvents } from './qemu-provoke.js';
import { disposeAll } from '../libvirtd/dispose-all.js';
import { requireQemu } from './require-qemu.js';
import { showLogOnFailure } from '../libvirtd/show-log.js';
import { VirshEvents } from '../virsh/virsh-events.js';
import { virsh } from '../virsh/virsh.js';

describe('The provocations of domain events', () => {
  requireQemu();
  let host: QemuHost;
  let events: VirshEvents;
  let count = 0;
  before(async () => {
    host = await QemuHost.start();
  });
  after(() => disposeAll(host));
  beforeEach(async () => {
    events = await VirshEvents.start(host.uri, 'domain');
  });
  afterEach(() => events.stop());
  showLogOnFailure(() => host);
  showLogOnFailure(() => events);

  for (const provocation of domainProvocations) {
    const { type, how, words, provoke } = provocation;
    it(`should make virsh see ${type} when ${how}`, async () => {
      await using guest = new Guest(host, `provoked${(count += 1)}`);
      await provoke(guest, events);
      await events.first(() => provokedWords(provocation, guest, events.seen).length >= words.length);
      expectProvoked(provocation, guest, events.seen);
    });
  }

  it('should cover every type that virsh lists, or say why not', async () => {
    const listed = (await virsh(host.uri, 'event', '--list')).split('\n');
    const covered = new Set([
      ...domainProvocations.map(({ type }) => type),
      ...Object.keys(unprovokedDomainEvents),
    ]);
    expect(listed.filter((type) => !covered.has(type))).to.deep.equal([]);
  });
});
