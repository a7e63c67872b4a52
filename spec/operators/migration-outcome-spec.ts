import { expect } from 'chai';
import { lastValueFrom, map, of } from 'rxjs';
import type { DomainLifecycleEvent } from '../../lib/index.js';
import { migrationOutcome } from '../../lib/operators/index.js';
import { lifecycle } from './lifecycle-events.js';
import { marbles } from '../support/loop/marbles.js';
import { rejection } from '../support/rejection.js';

const events = {
  m: lifecycle('a', 'suspended', 'migrated'),
  c: lifecycle('a', 'suspended', 'post-copy'),
  e: lifecycle('a', 'suspended', 'post-copy-error'),
  p: lifecycle('a', 'suspended', 'paused'),
  s: lifecycle('a', 'started', 'migrated'),
  b: lifecycle('a', 'started', 'booted'),
  r: lifecycle('a', 'resumed', 'migrated'),
  o: lifecycle('a', 'resumed', 'post-copy'),
  u: lifecycle('a', 'resumed', 'unpaused'),
  x: lifecycle('a', 'stopped', 'migrated'),
  f: lifecycle('a', 'stopped', 'failed'),
  M: lifecycle('b', 'suspended', 'migrated'),
  S: lifecycle('b', 'started', 'migrated'),
  R: lifecycle('b', 'resumed', 'migrated'),
};

/** S and D: finished, as seen by the source and by the destination. s and d: failed, as seen by each of them. */
const marks = {
  S: 'finished source',
  D: 'finished destination',
  s: 'failed source',
  d: 'failed destination',
};

describe('migrationOutcome', () => {
  const stories = [
    ['finished at the source', '-m-x-|', '---S-|'],
    ['finished at the destination', '-s-r-|', '---D-|'],
    ['failed at the source, where the domain goes on', '-m-r-|', '---s-|'],
    ['failed at the destination, where the domain is given up', '-s-f-|', '---d-|'],
    ['failed at the source, where the domain crashed', '-m-f-|', '---s-|'],
    ['finished for a domain that was paused all the time', '-s-p-|', '---D-|'],
    ['finished at the source for a paused domain, which isn’t suspended', '---x-|', '---S-|'],
    ['finished after copying', '-c-x-|', '---S-|'],
    ['failed while copying', '-c-e-|', '---s-|'],
    ['failed while copying, at the destination', '-soe-|', '---d-|'],
    ['finished after copying, at the destination', '-so-r|', '----D|'],
    ['there and back again', 'mxsr-|', '-S-D-|'],
    ['failed twice and then finished', 'mrmrmx|', '-s-s-S|'],
    ['of two domains at once', 'mSRx-|', '--DS-|'],
    ['nothing, of a domain that is only paused, resumed or started', 'bpuf-|', '-----|'],
    ['nothing, when it had begun before anybody listened', '--r--|', '-----|'],
    ['an error of the source', '-m-#', '---#'],
  ] as const;

  for (const [title, source, expected] of stories) {
    it(`should tell ${title}`, () => {
      marbles((helpers) => {
        const outcomes = helpers.cold(source, events).pipe(
          migrationOutcome(),
          map(({ outcome, role }) => `${outcome} ${role}`),
        );
        helpers.expectObservable(outcomes).toBe(expected, marks);
      });
    });
  }

  it('should name the domain and the event that told', () => {
    marbles((helpers) => {
      const o = { outcome: 'finished', role: 'source', domain: events.x.domain, event: events.x };
      helpers.expectObservable(helpers.cold('mx', events).pipe(migrationOutcome())).toBe('-o', { o });
    });
  });

  it('should fail for an event that has no domain', async () => {
    const ofNetwork = { category: 'network' } as unknown as DomainLifecycleEvent;
    const error = await rejection(lastValueFrom(of(ofNetwork).pipe(migrationOutcome())));
    expect(error).to.be.instanceOf(TypeError);
  });
});
