import { expect } from 'chai';
import { Subject, VirtualTimeScheduler } from 'rxjs';
import type { LibvirtEvent } from '../../lib/index.js';
import { settleStopped } from '../../lib/operators/index.js';
import { lifecycle } from './lifecycle-events.js';
import { marbles, marbleScheduler } from '../support/loop/marbles.js';

// Capital letters are events of another domain. p and q are other events of the first domain. n has no domain.
const events: Record<string, LibvirtEvent> = {
  x: lifecycle('a', 'stopped'),
  s: lifecycle('a', 'started'),
  p: lifecycle('a', 'defined'),
  q: lifecycle('a', 'undefined'),
  X: lifecycle('b', 'stopped'),
  S: lifecycle('b', 'started'),
  n: { category: 'storage-pool', type: 'refresh', storagePool: { name: 'a', uuid: 'a' }, time: 0 },
};

describe('settleStopped', () => {
  const stories: readonly (readonly [
    title: string,
    source: string,
    subscription: string,
    expected: string,
  ])[] = [
    ['hold a stop for a while', 'x---------', '^---------', '-----x----'],
    ['drop a stop that a start follows in time', 'x---s-----', '^---------', '----s-----'],
    ['keep a stop that a start follows too late', 'x------s--', '^---------', '-----x-s--'],
    ['pass everything else at once', 's-p-n-q-S-', '^---------', 's-p-n-q-S-'],
    ['hold each domain by itself', 'xX-s------', '^---------', '---s--X---'],
    ['keep the order within the domain', 'x-q-------', '^---------', '-----(xq)-'],
    ['keep it when the domain starts again', 'x-p-s-----', '^---------', '----(ps)--'],
    ['pass what isn’t of the domain', 'x-n-S-----', '^---------', '--n-Sx----'],
    ['emit the first of two stops when the second comes', 'x--x------', '^---------', '---x----x-'],
    ['drop the second stop alone', 'x--x-s----', '^---------', '---x-s----'],
    ['emit what is held when the source completes', 'xX-|', '^--!', '---(xX|)'],
    ['emit what is held when the source fails', 'x--#', '^--!', '---(x#)'],
    ['forget what is held on unsubscribe', 'x---------', '^--!', '---'],
  ];

  for (const [title, source, subscription, expected] of stories) {
    it(`should ${title}`, () => {
      marbles((helpers) => {
        const { hot, expectObservable, expectSubscriptions } = helpers;
        const input = hot<LibvirtEvent>(source, events);
        const ends = subscription.includes('!') && !/[|#]/.test(source);
        expectObservable(input.pipe(settleStopped(5)), ends ? subscription : undefined).toBe(
          expected,
          events,
        );
        if (subscription.includes('!')) expectSubscriptions(input.subscriptions).toBe(subscription);
      });
    });
  }

  it('should count by the given scheduler', () => {
    const scheduler = marbleScheduler();
    const input = scheduler.createHotObservable<LibvirtEvent>('x-----------', events);
    const output = input.pipe(settleStopped(50, scheduler));
    scheduler.expectObservable(output).toBe('-----x------', events);
    scheduler.flush();
  });

  const endings: readonly (readonly [title: string, end: (source: Subject<LibvirtEvent>) => void])[] = [
    ['on unsubscribe', () => undefined],
    ['when the source completes', (source) => source.complete()],
    ['when the source fails', (source) => source.error(new Error('lost'))],
  ];
  for (const [title, end] of endings) {
    it(`should leave no timer ${title}, and none of a stop that is settled`, () => {
      const scheduler = new VirtualTimeScheduler();
      const source = new Subject<LibvirtEvent>();
      const subscription = source.pipe(settleStopped(5, scheduler)).subscribe({ error: () => undefined });
      for (const word of ['x', 'X', 's'] as const) source.next(events[word] as LibvirtEvent);
      expect(scheduler.actions, 'of the domain that has not started again').to.have.length(1);
      end(source);
      subscription.unsubscribe();
      expect(scheduler.actions).to.have.length(0);
    });
  }
});
