import { expect } from 'chai';
import { delay, of } from 'rxjs';
import { watch, type DomainLifecycleEvent, type HostItem } from '../../lib/index.js';
import { byDomain, migrationOutcome, settleStopped } from '../../lib/operators/index.js';
import { Listener } from '../support/connection/listener.js';
import { quick } from '../support/hosts/quick.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { marbles } from '../support/loop/marbles.js';
import { lifecycle } from './lifecycle-events.js';

type Item = HostItem<DomainLifecycleEvent>;

const place = { host: 'a host', position: { epoch: 1, seq: 1 } };
const items = {
  a: { ...lifecycle('a', 'defined'), ...place },
  x: { ...lifecycle('a', 'stopped'), ...place },
  m: { ...lifecycle('a', 'started', 'migrated'), ...place },
  r: { ...lifecycle('a', 'resumed', 'migrated'), ...place },
  g: { type: 'gap', from: 0, to: 1, reason: 'error', ...place },
  o: { type: 'overflow', dropped: 1, ...place },
} satisfies Record<string, Item>;

describe('the operators, on the stream of a host', () => {
  it('should let byDomain pass gaps and overflows at once', () => {
    marbles(({ hot, expectObservable }) => {
      const slowly = (event: DomainLifecycleEvent) => of(event.domain.name).pipe(delay(3));
      const handled = hot<Item>('ag--o---|', items).pipe(byDomain(slowly));
      expectObservable(handled).toBe('-g-ao---|', { ...items, a: 'a' });
    });
  });

  it('should let settleStopped pass gaps and overflows at once', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot<Item>('xg-o----|', items).pipe(settleStopped(5))).toBe('-g-o-x--|', items);
    });
  });

  it('should let migrationOutcome pass gaps and overflows, and say nothing of migrations around them', () => {
    marbles(({ hot, expectObservable }) => {
      const outcomes = (source: string) => hot<Item>(source, items).pipe(migrationOutcome());
      const role = 'destination';
      const d = { outcome: 'finished', role, domain: items.r.domain, event: items.r };
      expectObservable(outcomes('mr-|')).toBe('-d-|', { d });
      expectObservable(outcomes('mgr|')).toBe('-g-|', items);
      expectObservable(outcomes('mor|')).toBe('-o-|', items);
    });
  });

  it('should go on when the daemon restarts', async () => {
    await using libvirtd = await PrivateLibvirtd.start();
    await using host = watch(libvirtd.uri, quick);
    using told = await Listener.on((options) =>
      host.domainEvents('lifecycle', options).pipe(
        settleStopped(1),
        byDomain((event) => of(`${event.domain.name} ${event.event}`)),
      ),
    );
    const suspend = async (): Promise<void> => {
      await (await (await host.connection()).lookupDomainByName('test')).suspend();
    };
    await suspend();
    await told.heard(1);
    await libvirtd.restart();
    await told.heard(2);
    await suspend();
    await told.heard(3);
    const seen = told.events.map((item) => (typeof item === 'string' ? item : item.type));
    expect(seen).to.deep.equal(['test suspended', 'gap', 'test suspended']);
  });
});
