import { expect } from 'chai';
import type { EventKind } from '../../lib/events/kind.js';
import { eventKinds } from '../../lib/events/kinds.js';
import { DomainIdentities } from '../../lib/native/domain-identities.js';
import { PayloadReader } from '../../lib/native/payload-reader.js';
import type { EventDomain, LibvirtEvent } from '../../lib/index.js';
import { linesOfProgram } from '../support/programs/native-program.js';
import { isDeeplyFrozen } from './is-deeply-frozen.js';

interface Payload {
  readonly numbers: readonly number[];
  readonly strings: readonly (string | null)[];
}

const domain = Object.freeze({ name: 'delta', uuid: 'de17a000-0000-4000-8000-000000000004', id: 7 });

/** Reads a payload whose domain is always the one above, because the addon's list of domains is not there. */
class LooseReader extends PayloadReader {
  override domain(): EventDomain {
    expect([this.number(), this.number()]).to.deep.equal([0, 7]);
    return domain;
  }
}

const nicMacChange = { category: 'domain', type: 'nic-mac-change', domain };
const channelLifecycle = { category: 'domain', type: 'channel-lifecycle', domain };
const metadataChange = { category: 'network', type: 'metadata-change' };

const graphics = { category: 'domain', type: 'graphics', domain, authScheme: null };
const nowhere = { family: 'unix', familyNumber: 2, node: null, service: null };

// In the same order as the calls in spec/fixtures/called-callbacks.cc.
const expected = [
  { category: 'domain', type: 'memory-device-size-change', domain, alias: 'virtiomem0', size: 2 ** 40 },
  { ...nicMacChange, alias: 'net0', oldMac: '52:54:00:00:00:01', newMac: '52:54:00:00:00:02' },
  { ...nicMacChange, alias: null, oldMac: null, newMac: null },
  { category: 'domain', type: 'vcpu-removed', domain, vcpuid: 2 ** 32 - 1 },
  {
    ...channelLifecycle,
    channelName: 'org.qemu.guest_agent.0',
    state: 'connected',
    stateNumber: 1,
    reason: 'channel-event',
    reasonNumber: 2,
  },
  {
    ...channelLifecycle,
    channelName: '',
    state: 'unknown',
    stateNumber: 99,
    reason: 'unknown',
    reasonNumber: -1,
  },
  { ...metadataChange, metadataType: 'element', metadataTypeNumber: 2, nsuri: 'http://example.org/' },
  { ...metadataChange, metadataType: 'unknown', metadataTypeNumber: 99, nsuri: null },
  {
    category: 'domain',
    type: 'io-error-reason',
    domain,
    srcPath: null,
    devAlias: null,
    action: 'pause',
    actionNumber: 1,
    reason: null,
  },
  { ...graphics, phase: 'connect', phaseNumber: 0, local: null, remote: null, subject: [] },
  {
    ...graphics,
    phase: 'disconnect',
    phaseNumber: 2,
    local: nowhere,
    remote: nowhere,
    subject: [{ type: null, name: null }],
  },
  { category: 'domain', type: 'tunable', domain, params: { null: null, newer: null, int: 5 } },
  {
    category: 'qemu-monitor',
    type: 'event',
    domain,
    event: 'STOP',
    seconds: -1,
    micros: 0,
    details: null,
  },
];

const kinds: Readonly<Record<string, EventKind<LibvirtEvent>>> = {
  'memory-device-size-change': eventKinds.domain['memory-device-size-change'],
  'nic-mac-change': eventKinds.domain['nic-mac-change'],
  'vcpu-removed': eventKinds.domain['vcpu-removed'],
  'channel-lifecycle': eventKinds.domain['channel-lifecycle'],
  'metadata-change': eventKinds.network['metadata-change'],
  'io-error-reason': eventKinds.domain['io-error-reason'],
  graphics: eventKinds.domain.graphics,
  tunable: eventKinds.domain.tunable,
  event: eventKinds['qemu-monitor'].event,
};

// These payloads can't come from a daemon through the installed client: events that are newer than the client, and
// NULLs that the remote protocol can't express.
describe('callbacks of events, called as libvirt calls them', () => {
  let payloads: readonly Payload[];

  before(async function () {
    this.timeout(60_000);
    const sources = ['events/callbacks', 'events/payload', 'events/target', 'library/library'];
    payloads = (await linesOfProgram('called-callbacks', sources)) as readonly Payload[];
  });

  expected.forEach((event, index) => {
    it(`should have every field of ${event.type}, ${index + 1}`, () => {
      const { numbers, strings } = payloads[index] as Payload;
      const reader = new LooseReader(new DomainIdentities());
      reader.reset(Float64Array.from(numbers), strings);
      reader.seek(1, 0, 0);
      const decoded = kinds[event.type]?.decode(reader);
      // libvirt's test network has a different uuid in each process.
      const subject = decoded?.category === 'network' ? { network: decoded.network } : { domain };
      expect(decoded).to.deep.equal({ ...event, ...subject, time: 1 });
      if ('network' in subject) expect(subject.network.name).to.equal('default');
      expect(isDeeplyFrozen(decoded)).to.equal(true);
    });
  });
});
