import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  EMPTY,
  from,
  ignoreElements,
  map,
  repeat,
  switchMap,
  throwError,
  timer,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import { ConnectionClosedError } from '../errors.js';
import type { CloseReason } from '../errors/close-info.js';
import type { Delays } from './delays.js';
import type { HostStatus } from './host-status.js';

/** A step in the life of a host. */
export interface Step<C> {
  readonly status: HostStatus;
  /** The connection while there is one. */
  readonly connection?: C;
}

/** What the connector needs. */
export interface ConnectorRig<C> {
  /**
   * Opens a connection on subscribe, emits it, and closes it on unsubscribe. Errors when it can't be opened
   * or is lost; completes when it is closed.
   */
  readonly open: Observable<C>;
  /** undefined: there is only one attempt. */
  readonly delays?: Delays | undefined;
  /** How many milliseconds before it was noticed a loss can have begun, where its error doesn't say. */
  readonly noticedAfterMs: (reason: CloseReason) => number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Keeps a connection: opens it, and opens it again when it could not be opened or was lost. Emits each step.
 * Cold. Completes only when there are no more attempts; its last step is then `closed`.
 */
export function keepConnected<C>(rig: ConnectorRig<C>): Observable<Step<C>> {
  const { open, delays, noticedAfterMs, scheduler = asyncScheduler } = rig;
  return defer(() => {
    let epoch = 0;
    let failures = 0;
    let openedAt: number | undefined;

    const opened = (connection: C): Step<C> => {
      openedAt = scheduler.now();
      return { status: { state: 'connected', epoch: ++epoch, since: openedAt }, connection };
    };

    const ended = (error: unknown): Observable<Step<C>> => {
      const steps: HostStatus[] = [];
      const time = scheduler.now();
      if (openedAt !== undefined) {
        const reason = error instanceof ConnectionClosedError ? error.reason : 'error';
        const from = receivedUntil(error) ?? time - noticedAfterMs(reason);
        steps.push({ state: 'lost', epoch, reason, from: Math.min(from, time), time });
        if (delays !== undefined && time - openedAt > delays.longestMs(failures)) failures = 0;
        openedAt = undefined;
      }
      if (delays === undefined) return stepsOf([...steps, { state: 'closed', error }]);
      const delayMs = delays.chooseMs(++failures);
      steps.push({ state: 'waiting', retryAt: time + delayMs, error });
      return concat(stepsOf(steps), timer(delayMs, scheduler).pipe(ignoreElements()));
    };

    const attempt = defer(() =>
      concat(
        stepsOf([{ state: 'connecting', attempt: failures + 1 }]),
        concat(open.pipe(map(opened)), closedByProgram).pipe(catchError(ended)),
      ),
    );
    return delays === undefined ? attempt : attempt.pipe(repeat());
  });
}

/** Follows each connection in turn, while it lasts. `follow` gets the number of the connection too. */
export function whileConnected<C, T>(
  follow: (connection: C, epoch: number) => Observable<T>,
): OperatorFunction<Step<C>, T> {
  return switchMap(({ status, connection }) =>
    status.state === 'connected' && connection !== undefined ? follow(connection, status.epoch) : EMPTY,
  );
}

function receivedUntil(error: unknown): number | undefined {
  return error instanceof ConnectionClosedError ? error.receivedUntil : undefined;
}

const closedByProgram = throwError(
  () => new ConnectionClosedError('client', 'the connection of the host was closed by this program'),
);

function stepsOf(statuses: readonly HostStatus[]): Observable<Step<never>> {
  return from(statuses.map((status) => ({ status })));
}
