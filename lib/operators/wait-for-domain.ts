import { concatMap, filter, Observable, tap, throwIfEmpty, type SchedulerLike } from 'rxjs';
import type { DomainEventOptions } from '../connection/event-options.js';
import { firstWithin } from '../connection/first-within.js';
import type { DomainState } from '../domain/domain-state.js';
import { ConnectionClosedError } from '../errors.js';
import {
  checkFunction,
  checkKeys,
  checkMethods,
  checkMilliseconds,
  checkScheduler,
  checkSignal,
} from '../arguments.js';
import { checkFilter } from '../events/filter.js';
import { WaitTimeoutError } from '../errors/wait-timeout-error.js';

/** What {@link waitForDomain} needs of a connection. */
export interface WaitConnection {
  domainEvents(type: 'lifecycle', options: DomainEventOptions): Observable<unknown>;
  domain(identity: { readonly uuid: string }): { state(): Promise<DomainState> };
}

/** How long to wait. */
export interface WaitOptions {
  /** Milliseconds, up to 2^31 - 1; no limit unless given. */
  readonly timeout?: number;
  /** Stops the wait when it aborts. */
  readonly signal?: AbortSignal;
  /** The scheduler whose clock measures the timeout. */
  readonly scheduler?: SchedulerLike;
}

const waitOptions = Object.keys({
  timeout: true,
  signal: true,
  scheduler: true,
} satisfies Record<keyof WaitOptions, true>);

/**
 * Waits until a domain is in a wanted state, and resolves with that state. Registers for the domain's
 * lifecycle events before it reads the present state, so that no change is missed. Reads the state again
 * after each of these events.
 * @param domain Any object with its uuid, such as an event's `domain`.
 * @throws {WaitTimeoutError} when it takes longer than `timeout`.
 * @throws the signal's reason, when it aborts first.
 * @throws {ConnectionClosedError} when the connection ends first.
 * @throws {LibvirtError} when the state can't be read: code `'VIR_ERR_NO_DOMAIN'` when the domain is gone.
 * @throws {TypeError | RangeError} for invalid arguments and options.
 * @example
 * await waitForDomain(connection, domain, ({ state }) => state === 'shutoff', { timeout: 60_000 });
 */
export async function waitForDomain(
  connection: WaitConnection,
  domain: { readonly uuid: string },
  predicate: (state: DomainState) => boolean,
  options: WaitOptions = {},
): Promise<DomainState> {
  checkMethods('connection', connection, 'a Connection', ['domainEvents', 'domain']);
  const uuid = checkFilter('domain', 'uuid', domain);
  checkFunction('predicate', predicate);
  checkKeys('waitForDomain', options, waitOptions);
  const { timeout, signal, scheduler } = options;
  if (timeout !== undefined) checkMilliseconds('timeout', timeout);
  if (signal !== undefined) checkSignal('signal', signal);
  if (scheduler !== undefined) checkScheduler('scheduler', scheduler);
  signal?.throwIfAborted();
  const awaitedDomain = connection.domain({ uuid });
  let last: DomainState | undefined;
  const reached = changesOf(connection, uuid).pipe(
    concatMap(() => awaitedDomain.state()),
    tap((state) => (last = state)),
    filter((state) => isReached(predicate(state))),
    throwIfEmpty(
      () => new ConnectionClosedError('client', `the connection was closed while domain ${uuid} was awaited`),
    ),
  );
  const timeoutError = (ms: number) => {
    const seen = last === undefined ? 'its state is not known yet' : `it is ${last.state}`;
    return new WaitTimeoutError(ms, `domain ${uuid} took longer than ${ms} ms; ${seen}`);
  };
  return firstWithin(reached, { timeout, timeoutError, signal, scheduler });
}

// A promise counts as true, so an async predicate would accept any state.
function isReached(answer: unknown): boolean {
  if (typeof answer === 'object' && answer !== null && 'then' in answer)
    throw new TypeError('predicate must return its answer, not a promise');
  return Boolean(answer);
}

// Emits when libvirt has acknowledged the registration, and then for each of the domain's lifecycle events.
function changesOf(connection: WaitConnection, uuid: string): Observable<void> {
  return new Observable<void>((subscriber) =>
    connection
      .domainEvents('lifecycle', { domain: { uuid }, onRegistered: () => subscriber.next() })
      .subscribe({
        next: () => subscriber.next(),
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
  );
}
