import { expect } from 'chai';
import { concat, map, NEVER, Observable, Subject, throwError } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import type { Step } from '../../lib/hosts/connector.js';
import { Delays } from '../../lib/hosts/delays.js';
import { HostStream } from '../../lib/hosts/host-stream.js';
import { Places } from '../../lib/hosts/position.js';
import { ConnectionClosedError } from '../../lib/index.js';
import { story } from '../support/hosts/story.js';

interface Event {
  readonly type: string;
}

/** What a connection does after the subscription: r: acknowledges, e: refuses, k: is lost; all else are events. */
type Marbles = string;

const connected = (epoch: number, connection: Marbles): Step<Marbles> => ({
  status: { state: 'connected', epoch, since: 0 },
  connection,
});
const lost = (epoch: number, time: number): Step<Marbles> => ({
  status: { state: 'lost', epoch, reason: 'error', from: time - 1, time },
});

function listenTo({ cold }: RunHelpers, marbles: Marbles, onRegistered: () => void): Observable<Event> {
  const end = marbles.at(-1);
  const failure = end === 'e' ? new Error('refused') : new ConnectionClosedError('error', 'gone');
  const source =
    end === 'e' || end === 'k'
      ? concat(
          cold(`${marbles.slice(0, -1)}|`),
          throwError(() => failure),
        )
      : cold(marbles);
  return new Observable((subscriber) =>
    source.subscribe({
      next: (word) => {
        if (word === 'r') onRegistered();
        else subscriber.next({ type: word });
      },
      error: (error: unknown) => {
        subscriber.error(error);
      },
    }),
  );
}

/** The items of a stream in short, for steps at given times. Says also what troubles were reported. */
function items(
  times: string,
  steps: Record<string, Step<Marbles>>,
  { forMs = 100, losses }: { forMs?: number; losses?: Marbles } = {},
): string[] {
  return story(
    (helpers) =>
      new Observable<string>((subscriber) => {
        const stream = new HostStream<Marbles, Event>({
          steps: helpers.cold(times, steps),
          listen: (connection, onRegistered) => listenTo(helpers, connection, onRegistered),
          lossesOf: () =>
            losses === undefined ? NEVER : helpers.cold(losses).pipe(map((dropped) => Number(dropped))),
          places: new Places('h'),
          delays: new Delays({ initialDelay: 3 }, () => 1),
          onTrouble: (error) => {
            if (error !== undefined) subscriber.next(`trouble: ${(error as Error).message}`);
          },
          onUnregistered: () => {
            subscriber.next('unregistered');
            return (at) => {
              subscriber.next(`registered again at ${at}`);
            };
          },
        });
        const told = stream.withAcknowledgement(() => {
          subscriber.next('registered');
        });
        return told.subscribe({
          next: (item) => {
            const { position } = item;
            const what =
              'from' in item
                ? `gap ${item.from} to ${item.to} (${item.reason})`
                : 'dropped' in item
                  ? `overflow ${item.dropped}`
                  : item.type;
            subscriber.next(`${what} ${item.host} ${position.epoch}.${position.seq}`);
          },
          complete: () => {
            subscriber.complete();
          },
        });
      }),
    forMs,
    (line) => line,
  );
}

describe('an event stream of a host', () => {
  it('should emit the events of the connection, with the host and their positions', () => {
    expect(items('c', { c: connected(1, '-r-a-b') })).to.deep.equal([
      '1 registered',
      '3 a h 1.1',
      '5 b h 1.2',
    ]);
  });

  it('should go on after a loss, with a gap before the first event of the next connection', () => {
    expect(
      items('c----l----d', { c: connected(1, 'r-a-'), l: lost(1, 5), d: connected(2, '--r-b') }),
    ).to.deep.equal([
      ...['0 registered', '2 a h 1.1', '5 unregistered', '12 registered again at 12'],
      ...['12 gap 4 to 12 (error) h 2.1', '14 b h 2.2'],
    ]);
  });

  it('should not end when the events of a lost connection error before the loss is told', () => {
    expect(
      items('c----l----d', { c: connected(1, 'r-a-k'), l: lost(1, 5), d: connected(2, 'r-b') }),
    ).to.deep.equal([
      ...['0 registered', '2 a h 1.1', '5 unregistered', '10 registered again at 10'],
      ...['10 gap 4 to 10 (error) h 2.1', '12 b h 2.2'],
    ]);
  });

  it('should tell one gap where connections were lost before they had acknowledged', () => {
    const steps = {
      c: connected(1, 'r'),
      l: lost(1, 2),
      d: connected(2, '---r'),
      m: lost(2, 6),
      e: connected(3, '-r'),
    };
    expect(items('c-l-d-m-e', steps)).to.deep.equal([
      ...['0 registered', '2 unregistered', '9 registered again at 9', '9 gap 1 to 9 (error) h 3.1'],
    ]);
  });

  it('should tell no gap where nothing was registered before', () => {
    expect(items('c-l-d', { c: connected(1, '---r'), l: lost(1, 2), d: connected(2, '-r-a') })).to.deep.equal(
      ['5 registered', '7 a h 2.1'],
    );
  });

  for (const way of ['at its gap', 'when its gap is counted']) {
    it(`should not be registered any more when its last subscriber leaves ${way}`, async () => {
      const steps = new Subject<Step<Marbles>>();
      const acknowledge: (() => void)[] = [];
      const stream = new HostStream<Marbles, Event>({
        steps,
        listen: (_connection, onRegistered) =>
          new Observable(() => {
            acknowledge.push(onRegistered);
          }),
        lossesOf: () => NEVER,
        places: new Places('h'),
        delays: new Delays({}),
        onTrouble: () => undefined,
        onUnregistered: () => () => {
          if (way === 'when its gap is counted') subscription.unsubscribe();
        },
      });
      const subscription = stream.items.subscribe(() => {
        subscription.unsubscribe();
      });
      steps.next(connected(1, ''));
      acknowledge[0]?.();
      steps.next(lost(1, 5));
      steps.next(connected(2, ''));
      acknowledge[1]?.();
      expect(subscription.closed).to.equal(true);
      let isTold = false;
      stream.withAcknowledgement(() => (isTold = true)).subscribe();
      await new Promise((resolve) => setImmediate(resolve));
      expect(isTold).to.equal(false);
    });
  }

  it('should ask again, later each time, where the connection refuses', () => {
    const stream = items('c', { c: connected(1, '-e') }, { forMs: 30 });
    expect(stream).to.deep.equal([
      '1 trouble: refused',
      // 3 ms later it asks again, then 6 and 12 ms later.
      '5 trouble: refused',
      '12 trouble: refused',
      '25 trouble: refused',
    ]);
  });

  it('should say where events of the connection were lost, once it is registered', () => {
    const stream = items(
      'c---------l',
      { c: connected(1, '--r-a-b'), l: lost(1, 10) },
      { losses: '-7---4--2' },
    );
    expect(stream).to.deep.equal([
      '2 registered',
      '4 a h 1.1',
      '5 overflow 4 h 1.2',
      '6 b h 1.3',
      '8 overflow 2 h 1.4',
      '10 unregistered',
    ]);
  });

  it('should complete with the steps', () => {
    expect(items('c-x|', { c: connected(1, 'r-----a'), x: { status: { state: 'closed' } } })).to.deep.equal([
      '0 registered',
      '3 complete',
    ]);
  });
});
