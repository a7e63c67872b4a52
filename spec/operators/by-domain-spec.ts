import { expect } from 'chai';
import { concat, delay, EMPTY, lastValueFrom, map, NEVER, of, range, type Observable } from 'rxjs';
import { byDomain } from '../../lib/operators/index.js';
import { rejection } from '../support/rejection.js';
import { marbles } from '../support/loop/marbles.js';

interface Event {
  readonly mark: string;
  readonly domain: { readonly uuid: string };
}

interface Numbered {
  readonly number: number;
  readonly domain: { readonly uuid: string };
}

/** A letter is an event of the domain `a`, a digit is an event of the domain `1`. */
const event = (mark: string): Event => ({ mark, domain: { uuid: /\d/.test(mark) ? '1' : 'a' } });
const marks = Object.fromEntries(['a', 'b', 'c', '1', '2'].map((mark) => [mark, event(mark)]));

describe('byDomain', () => {
  /** Takes three frames for an event, then emits it. */
  const slowly = (handled: Event): Observable<Event> => of(handled).pipe(delay(3));

  const stories = [
    ['handle the events of a domain one after the other', 'abc--------|', '---a--b--c-|'],
    ['handle different domains side by side', 'a1b2-------|', '---a1-b2---|'],
    ['wait for the handlers when the source completes', 'ab|', '---a--(b|)'],
    ['forget a domain and know it again', 'a---b---a--|', '---a---b---(a|)'],
    ['pass the error of the source at once', 'ab-#', '---#'],
  ] as const;

  for (const [title, source, expected] of stories) {
    it(`should ${title}`, () => {
      marbles((helpers) => {
        const handled = helpers.hot(source, marks).pipe(byDomain(slowly));
        helpers.expectObservable(handled).toBe(expected, marks);
      });
    });
  }

  it('should pass the error of a handler, thrown or emitted', () => {
    marbles((helpers) => {
      const failing = ({ mark }: Event): Observable<never> => {
        if (mark === 'a') return EMPTY;
        throw new Error('in a handler');
      };
      const source = helpers.hot('-a-1-', marks);
      helpers.expectObservable(source.pipe(byDomain(failing))).toBe('---#', marks, new Error('in a handler'));
      helpers.expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('should error when a handler returns nothing, and say what it must return', async () => {
    const handled = of(event('a')).pipe(byDomain((() => undefined) as never));
    expect(await rejection(lastValueFrom(handled))).to.deep.include({
      name: 'TypeError',
      message:
        'the handler of byDomain must return a promise or an Observable, got undefined; write async before it, or return EMPTY',
    });
  });

  it('should give up what runs and what waits on unsubscribe', () => {
    marbles((helpers) => {
      const inner = helpers.cold('---x|');
      const source = helpers.hot('ab--------', marks);
      helpers.expectObservable(source.pipe(byDomain(() => inner)), '^-----!').toBe('---x---');
      helpers.expectSubscriptions(inner.subscriptions).toBe(['^---!', '----^-!']);
    });
  });

  it('should keep order over any number of events that are handled at once', async () => {
    const seen: number[] = [];
    const events = range(0, 100_000).pipe(map((number) => ({ number, domain: { uuid: `${number % 7}` } })));
    await lastValueFrom(
      events.pipe(
        byDomain(({ number }) => {
          seen.push(number);
          return EMPTY;
        }),
      ),
      { defaultValue: null },
    );
    expect(seen).to.deep.equal(Array.from({ length: 100_000 }, (_, index) => index));
  });

  it('should handle any number of events that wait and are then handled at once', () => {
    marbles((helpers) => {
      const seen: number[] = [];
      const count = 50_000;
      const events = range(0, count).pipe(map((number) => ({ number, domain: { uuid: 'a' } })));
      const handle = ({ number }: Numbered): Observable<number> => {
        seen.push(number);
        if (number === 0) return helpers.cold('--|');
        return number === count - 1 ? of(number) : EMPTY;
      };
      helpers
        .expectObservable(events.pipe(byDomain<Numbered, number>(handle)))
        .toBe('--(a|)', { a: count - 1 });
      helpers.flush();
      expect(seen).to.deep.equal(Array.from({ length: count }, (_, index) => index));
    });
  });

  it('should error for what is no event of a domain', async () => {
    const messages = [
      [null, 'byDomain takes events of domains, got null'],
      [{ category: 'network' }, 'the domain of an event must have a uuid, a string'],
    ] as const;
    for (const [item, message] of messages) {
      const handled = concat(of(item as unknown as Event), NEVER).pipe(byDomain(() => EMPTY));
      expect(await rejection(lastValueFrom(handled))).to.deep.include({ name: 'TypeError', message });
    }
  });

  it('should hold nothing of domains whose events are handled', async () => {
    if (gc === undefined) throw new Error('run with --expose-gc');
    const references: WeakRef<object>[] = [];
    let alive: number | undefined;
    const domains = range(0, 1001).pipe(
      map((number) => {
        const handled = { number, domain: { uuid: `${number}` } };
        references.push(new WeakRef(handled));
        return handled;
      }),
    );
    const looked = domains.pipe(
      byDomain(async ({ number }) => {
        if (number < 1000) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
        gc?.();
        alive = references.filter((reference) => reference.deref() !== undefined).length;
      }),
    );
    await lastValueFrom(looked, { defaultValue: null });
    expect(alive).to.be.below(10);
  });
});
