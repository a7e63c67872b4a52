import { expect } from 'chai';
import { defer, map, NEVER, Observable, of, throwError, timer } from 'rxjs';
import { Delays } from '../../lib/hosts/delays.js';
import { reflect, type Reader } from '../../lib/hosts/reflector.js';
import { story } from '../support/hosts/story.js';

interface Play {
  /** How many registrations are refused. */
  readonly refusals: number;
  /** How many lists fail. */
  readonly failures?: number;
  readonly forMs: number;
}

/** What the reflector does in virtual time with a reader whose lists take 1 ms. */
function play({ refusals, failures = 0, forMs }: Play): string[] {
  return story(
    () =>
      new Observable<string>((subscriber) => {
        const reader: Reader<object> = {
          marks: (onRegistered) =>
            defer(() => {
              if (refusals-- > 0) return throwError(() => new Error('refused'));
              onRegistered();
              return NEVER;
            }),
          list: () =>
            defer(() =>
              failures-- > 0
                ? throwError(() => new Error('busy'))
                : timer(1).pipe(map(() => new Map<string, object>())),
            ),
          fetch: () => of(new Map()),
        };
        const readings = reflect(reader, {
          delays: new Delays({ initialDelay: 4, maxDelay: 20 }, () => 1),
          onTrouble: (what, error) =>
            subscriber.next(`${what}: ${error === undefined ? 'well' : (error as Error).message}`),
        });
        return readings.subscribe(() => subscriber.next('listed'));
      }),
    forMs,
    (line) => line,
  );
}

describe('the live state of a kind whose events are refused', () => {
  it('should be listed at each attempt to register, later each time', () => {
    expect(play({ refusals: Infinity, forMs: 50 })).to.deep.equal([
      '0 events: refused',
      '1 listed',
      '4 events: refused',
      '5 listed',
      '12 events: refused',
      '13 listed',
      '28 events: refused',
      '29 listed',
      '48 events: refused',
      '49 listed',
    ]);
  });

  it('should stay in trouble until the events are there, although it can be listed', () => {
    expect(play({ refusals: 1, failures: 1, forMs: 30 })).to.deep.equal([
      '0 events: refused',
      '0 objects: busy',
      '4 events: well',
      '5 objects: well',
      '5 listed',
      '6 listed',
    ]);
  });
});
