import { expect } from 'chai';
import { PrivateLibvirtd } from '../libvirtd/private-libvirtd.js';
import { parseVirshEvents } from './virsh-event-lines.js';
import { VirshEvents } from './virsh-events.js';
import { virsh } from './virsh.js';

describe('parseVirshEvents', () => {
  const cases = [
    [
      "event 'lifecycle' for domain 'a b': Stopped Destroyed",
      'domain',
      'lifecycle',
      'a b',
      'Stopped Destroyed',
    ],
    ["event 'reboot' for domain 'guest'", 'domain', 'reboot', 'guest', ''],
    [
      "event 'tray-change' for domain 'g' disk ide0-1-0: opened",
      'domain',
      'tray-change',
      'g',
      'disk ide0-1-0: opened',
    ],
    [
      "event 'io-error' for domain 'g': broken (virtio-disk0) pause",
      'domain',
      'io-error',
      'g',
      'broken (virtio-disk0) pause',
    ],
    [
      "event 'io-error' for domain 'g': broken (virtio-disk0) pause due to enospc",
      'domain',
      'io-error-reason',
      'g',
      'broken (virtio-disk0) pause due to enospc',
    ],
    [
      "event 'metadata-change' for domain 'g': title <null>",
      'domain',
      'metadata-change',
      'g',
      'type title, uri <null>',
    ],
    ["event 'lifecycle' for network n1: Defined", 'network', 'lifecycle', 'n1', 'Defined'],
    ["event 'refresh' for storage pool p1", 'storage-pool', 'refresh', 'p1', ''],
    ["event 'lifecycle' for node device net_lo: Created", 'node-device', 'lifecycle', 'net_lo', 'Created'],
    ["event 'value-changed' for secret 5f-1", 'secret', 'value-changed', '5f-1', ''],
    ['event RESET for domain \'g\': {"guest":false}', 'qemu-monitor', 'RESET', 'g', '{"guest":false}'],
  ] as const;
  for (const [line, category, type, subject, words] of cases) {
    it(`should read ${line}`, () => {
      expect(parseVirshEvents(`${line}\n`)).to.deep.equal([{ category, type, subject, words, details: [] }]);
    });
  }

  it('should read when a QEMU monitor event happened', () => {
    expect(parseVirshEvents("event STOP at 1795305498.035938 for domain 'g': <null>\n")).to.deep.equal([
      {
        category: 'qemu-monitor',
        type: 'STOP',
        subject: 'g',
        at: '1795305498.035938',
        words: '<null>',
        details: [],
      },
    ]);
  });

  it('should keep the lines below an event with it, indented or not', () => {
    const text =
      "event 'tunable' for domain 'g':\n\tcputune.vcpupin0: 0\nrecipient: guest\nevent 'reboot' for domain 'g'\n";
    const events = parseVirshEvents(text);
    expect(events.map(({ type }) => type)).to.deep.equal(['tunable', 'reboot']);
    expect(events[0]?.words).to.equal('');
    expect(events[0]?.details).to.deep.equal(['cputune.vcpupin0: 0', 'recipient: guest']);
  });

  it('should drop what belongs to no event', () => {
    expect(parseVirshEvents('event loop interrupted\nevents received: 0\n')).to.deep.equal([]);
  });
});

describe('VirshEvents', () => {
  let libvirtd: PrivateLibvirtd;
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  afterEach(() => libvirtd.stop());

  it('should miss nothing that happens once it has started', async () => {
    for (let round = 0; round < 5; round += 1) {
      const events = await VirshEvents.start(libvirtd.uri, 'domain');
      await virsh(libvirtd.uri, 'suspend test; desc test --title x; resume test');
      await events.first(({ words }) => words === 'Resumed Unpaused');
      expect(events.seen.map(({ type, words }) => `${type} ${words}`)).to.deep.equal([
        'lifecycle Suspended Paused',
        'metadata-change type title, uri <null>',
        'lifecycle Resumed Unpaused',
      ]);
      await events.stop();
    }
  });

  it('should see one type alone when asked to', async () => {
    await using events = await VirshEvents.start(libvirtd.uri, 'storage-pool', 'refresh');
    await virsh(
      libvirtd.uri,
      'pool-destroy default-pool; pool-start default-pool; pool-refresh default-pool',
    );
    await events.first(() => true);
    expect(events.seen.map(({ type }) => type)).to.deep.equal(['refresh']);
  });

  for (const category of ['network', 'node-device'] as const) {
    it(`should register for ${category} events`, async () => {
      const events = await VirshEvents.start(libvirtd.uri, category);
      await events.stop();
      await events.stop();
    });
  }

  it('should give up waiting when virsh ends', async () => {
    const events = await VirshEvents.start(libvirtd.uri, 'domain');
    const waiting = events.first(() => false).catch((error: unknown) => String(error));
    await libvirtd.kill();
    expect(await waiting).to.match(/virsh has ended/);
    await events.stop();
  });

  it("should reject with virsh's words when it cannot register", async () => {
    const error = await VirshEvents.start(libvirtd.uri, 'network', 'no-such-event').then(
      () => '',
      (reason: unknown) => String(reason),
    );
    expect(error).to.match(/unknown event type no-such-event/);
  });
});
