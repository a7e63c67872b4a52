import { expect } from 'chai';
import { concat, defer, ignoreElements, NEVER, throwError, timer, type Observable } from 'rxjs';
import { keepConnected, type Step } from '../../lib/hosts/connector.js';
import { Delays } from '../../lib/hosts/delays.js';
import { ConnectionClosedError, type CloseReason } from '../../lib/index.js';
import { marbles } from '../support/loop/marbles.js';
import { story } from '../support/hosts/story.js';

const noticedAfterMs = (reason: CloseReason): number => (reason === 'keepalive' ? 3 : 0);

/** 2, 4, 8, 10, 10 … milliseconds. */
const delays = new Delays({ initialDelay: 2, maxDelay: 10 }, () => 1);

/** Marbles: a connection's name when it is open; at the end r if it is refused, e or k if it is lost, | if it is closed. */
type Attempt = string;

const ends: Readonly<Record<string, unknown>> = {
  r: new Error('refused'),
  e: new ConnectionClosedError('end-of-file', 'gone'),
  k: new ConnectionClosedError('keepalive', 'silent'),
};

/** Opens as the first marbles say, then as the second ones do, and so on; then nothing answers any more. */
function opening(
  cold: (marbles: string) => Observable<string>,
  attempts: readonly Attempt[],
): Observable<string> {
  const rest = attempts.map((attempt) => {
    const end = ends[attempt.at(-1) ?? ''];
    if (end === undefined) return cold(attempt);
    const failing = throwError(() => end);
    // Marbles have one error only.
    return concat(cold(`${attempt.slice(0, -1)}|`), failing);
  });
  return defer(() => rest.shift() ?? NEVER);
}

function short({ status, connection }: Step<string>): string {
  const by = connection === undefined ? '' : ` by ${connection}`;
  const { state, ...rest } = status;
  const facts = Object.entries(rest as Record<string, unknown>).map(([name, fact]) =>
    fact instanceof Error ? `${name}=${fact.message}` : `${name}=${String(fact)}`,
  );
  return [state + by, ...facts].join(' ');
}

const steps = (attempts: readonly Attempt[], forMs: number, isOneAttempt = false): string[] =>
  story(
    ({ cold }) =>
      keepConnected({
        open: opening((diagram) => cold(diagram), attempts),
        delays: isOneAttempt ? undefined : delays,
        noticedAfterMs,
      }),
    forMs,
    short,
  );

describe('keepConnected', () => {
  it('should keep what it has opened', () => {
    expect(steps(['--c'], 100)).to.deep.equal(['0 connecting attempt=1', '2 connected by c epoch=1 since=2']);
  });

  it('should try again, later each time, when it cannot open', () => {
    expect(steps(['-r', '-r', '-r', '-r', '-r', '-c'], 100)).to.deep.equal([
      '0 connecting attempt=1',
      '1 waiting retryAt=3 error=refused',
      '3 connecting attempt=2',
      '4 waiting retryAt=8 error=refused',
      '8 connecting attempt=3',
      '9 waiting retryAt=17 error=refused',
      '17 connecting attempt=4',
      '18 waiting retryAt=28 error=refused',
      '28 connecting attempt=5',
      '29 waiting retryAt=39 error=refused',
      '39 connecting attempt=6',
      '40 connected by c epoch=1 since=40',
    ]);
  });

  it('should open again after a loss', () => {
    expect(steps(['c----e', '-c'], 100)).to.deep.equal([
      '0 connecting attempt=1',
      '0 connected by c epoch=1 since=0',
      '5 lost epoch=1 reason=end-of-file from=5 time=5',
      '5 waiting retryAt=7 error=gone',
      '7 connecting attempt=2',
      '8 connected by c epoch=2 since=8',
    ]);
  });

  it('should date a loss back by the time that keepalive needs to notice it', () => {
    expect(steps(['c---------k'], 11)).to.include('10 lost epoch=1 reason=keepalive from=7 time=10');
  });

  it('should go on waiting longer while connections break soon after they are opened', () => {
    const tries = steps(['-r', '-r', 'c-e', 'c-e', 'c------------e', '-c'], 100);
    expect(tries.filter((step) => step.includes('waiting'))).to.deep.equal([
      '1 waiting retryAt=3 error=refused',
      '4 waiting retryAt=8 error=refused',
      '10 waiting retryAt=18 error=gone',
      '20 waiting retryAt=30 error=gone',
      // This one has lasted.
      '43 waiting retryAt=45 error=gone',
    ]);
  });

  it('should open again when the program has closed the connection', () => {
    expect(steps(['c--|', 'd'], 100)).to.deep.equal([
      '0 connecting attempt=1',
      '0 connected by c epoch=1 since=0',
      '3 lost epoch=1 reason=client from=3 time=3',
      '3 waiting retryAt=5 error=the connection of the host was closed by this program',
      '5 connecting attempt=2',
      '5 connected by d epoch=2 since=5',
    ]);
  });

  it('should be closed when its only attempt fails', () => {
    expect(steps(['-r', 'c'], 100, true)).to.deep.equal([
      '0 connecting attempt=1',
      '1 closed error=refused',
      '1 complete',
    ]);
  });

  it('should be closed when its only connection is lost', () => {
    expect(steps(['c--e', 'c'], 100, true)).to.deep.equal([
      '0 connecting attempt=1',
      '0 connected by c epoch=1 since=0',
      '3 lost epoch=1 reason=end-of-file from=3 time=3',
      '3 closed error=gone',
      '3 complete',
    ]);
  });

  it('should close the connection, and stop an attempt, on unsubscribe', () => {
    for (const attempt of ['c', '-----c']) {
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const open = cold(attempt);
        expectObservable(keepConnected({ open, delays, noticedAfterMs }).pipe(ignoreElements()), '--!').toBe(
          '',
        );
        expectSubscriptions(open.subscriptions).toBe('^-!');
      });
    }
  });

  it('should try for as long as it takes', () => {
    const open = throwError(() => new Error('refused'));
    let attempts = 0;
    marbles(() => {
      const kept = keepConnected({ open, delays, noticedAfterMs }).subscribe(({ status }) => {
        if (status.state === 'connecting') attempts++;
      });
      timer(100_000).subscribe(() => {
        kept.unsubscribe();
      });
    });
    expect(attempts).to.be.within(9_990, 10_010);
  });
});
