import { expect } from 'chai';
import { map } from 'rxjs';
import { watch, type DomainSnapshot } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { quick } from '../support/hosts/quick.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { testDomainXml } from '../support/test-domain-xml.js';
import { virsh } from '../support/virsh/virsh.js';

/** All domains and their states, as `virsh list --all` has them. */
async function listed(uri: string): Promise<string[]> {
  const lines = (await virsh(uri, 'list', '--all')).trim().split('\n');
  return lines
    .map((line) =>
      line
        .trim()
        .split(/\s{2,}/)
        .slice(1)
        .join(' '),
    )
    .sort();
}
const inVirshsWords: Partial<Record<DomainSnapshot['state'], string>> = { shutoff: 'shut off' };
const held = (domains: ReadonlyMap<string, DomainSnapshot>): string[] =>
  [...domains.values()].map(({ name, state }) => `${name} ${inVirshsWords[state] ?? state}`).sort();

describe('a watched host whose daemon restarts', () => {
  let libvirtd: PrivateLibvirtd;
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  afterEach(() => libvirtd.stop());

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    it(`should go on when the daemon ends by ${signal} and comes back`, async () => {
      await using host = watch(libvirtd.uri, { ...quick, name: 'one' });
      using statuses = new Listener(() => host.status.pipe(map(({ state }) => state)));
      using domains = new Listener(() => host.domains.pipe(map(held)));
      using events = new Listener(() => host.domainEvents('lifecycle'));
      await domains.until((items) => items.length === 1);
      await virsh(libvirtd.uri, 'suspend', 'test');
      await domains.until((items) => items.at(-1)?.[0] === 'test paused');
      await libvirtd.kill(signal);
      await libvirtd.restart();
      // The test driver has forgotten that it was suspended.
      await domains.until((items) => items.at(-1)?.[0] === 'test running');
      await virsh(libvirtd.uri, 'destroy', 'test');
      await events.until((items) =>
        items.some((item) => item.type === 'lifecycle' && item.event === 'stopped'),
      );
      const told = events.events.map((item) =>
        'from' in item ? `gap ${item.reason}` : 'dropped' in item ? 'overflow' : item.event,
      );
      expect(told.slice(-2)).to.deep.equal(['gap end-of-file', 'stopped']);
      for (const item of events.events)
        if ('from' in item)
          expect(item.to - item.from, 'the length of the gap, in ms').to.be.within(1, 20_000);
      expect(events.events.map(({ host: name, position }) => `${name} ${position.epoch}`).at(-1)).to.equal(
        'one 2',
      );
      expect(statuses.events.slice(0, 4)).to.deep.equal(['connecting', 'connected', 'lost', 'waiting']);
      expect(statuses.events.at(-1)).to.equal('connected');
      expect(host.health().status.state).to.equal('connected');
    });
  }

  it('should tell all events as one stream, with one gap for a loss', async () => {
    await using host = watch(libvirtd.uri, quick);
    using all = await Listener.on((options) => host.events(options));
    await libvirtd.kill();
    await libvirtd.restart();
    await all.until((items) => items.length > 0);
    await virsh(libvirtd.uri, 'net-destroy default; suspend test');
    await all.until((items) => items.length >= 3);
    expect(
      all.events.map((item) => ('category' in item ? `${item.category} ${item.type}` : item.type)),
    ).to.deep.equal(['gap', 'network lifecycle', 'domain lifecycle']);
    expect(all.events.map(({ position }) => position.epoch)).to.deep.equal([2, 2, 2]);
  });

  it('should hold what virsh lists, after restarts amid a churn of domains', async function () {
    this.timeout(120_000);
    await using host = watch(libvirtd.uri, quick);
    using domains = new Listener(() => host.domains.pipe(map(held)));
    for (let round = 0; round < 8; round++) {
      const xml = libvirtd.directory.writeFile(`churn.xml`, testDomainXml(`churn-${round}`));
      const churn = virsh(
        libvirtd.uri,
        [
          `define ${xml}`,
          'destroy test',
          `start churn-${round}`,
          'start test',
          `suspend churn-${round}`,
          'suspend test',
        ].join(';'),
      ).catch(() => '');
      await new Promise((resolve) => setTimeout(resolve, round * 12));
      await libvirtd.kill();
      await churn;
      await libvirtd.restart();
      await virsh(
        libvirtd.uri,
        `define ${xml}; start churn-${round}${round % 2 === 0 ? '; suspend test' : ''}`,
      );
      const wanted = await listed(libvirtd.uri);
      await domains.until((items) => items.at(-1)?.join() === wanted.join());
    }
  });
});
