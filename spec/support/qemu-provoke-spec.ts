import { expect } from 'chai';
import { Guest } from './guest.js';
import type { Provocation } from './provocation.js';
import { QemuHost } from './qemu-host.js';
import { domainProvocations, unprovokedDomainEvents } from './qemu-provoke.js';
import { requireQemu } from './require-qemu.js';
import { showLogOnFailure } from './show-log.js';
import { VirshEvents } from './virsh-events.js';
import { virsh } from './virsh.js';

/** Drops the words that may come or not, except where exactly such words must come next. */
function withoutOptional(
  seen: string[],
  expected: Provocation['words'],
  optional: RegExp | undefined,
): string[] {
  const kept: string[] = [];
  for (const word of seen) {
    if (optional?.test(word) !== true || word === expected[kept.length]) kept.push(word);
  }
  return kept;
}

describe('The provocations of domain events', () => {
  requireQemu();
  let host: QemuHost;
  let events: VirshEvents;
  let count = 0;
  before(async () => {
    host = await QemuHost.start();
  });
  after(() => host.stop());
  beforeEach(async () => {
    events = await VirshEvents.start(host.uri, 'domain');
  });
  afterEach(() => events.stop());
  showLogOnFailure(() => host);
  showLogOnFailure(() => events);

  for (const { type, how, words, mayAlso, provoke } of domainProvocations) {
    it(`should make virsh see ${type} when ${how}`, async () => {
      await using guest = new Guest(host, `provoked${(count += 1)}`);
      const seen = () => {
        const all = events.seen.filter((event) => event.type === type && event.subject === guest.name);
        return withoutOptional(
          all.map((event) => event.words),
          words,
          mayAlso,
        );
      };
      await provoke(guest, events);
      await events.first(() => seen().length >= words.length);
      expect(seen()).to.have.lengthOf(words.length);
      words.forEach((expected, index) => {
        if (typeof expected === 'string') expect(seen()[index]).to.equal(expected);
        else expect(seen()[index]).to.match(expected);
      });
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
