import {
  asapScheduler,
  catchError,
  concat,
  defer,
  EMPTY,
  merge,
  mergeMap,
  noop,
  of,
  subscribeOn,
  throwError,
  type Observable,
} from 'rxjs';
import type { ConnectionState } from '../connection-state.js';
import { ConnectionClosedError, UnsupportedEventError } from '../errors.js';
import { acknowledgement } from '../events/acknowledgement.js';
import type { EventKind } from '../events/kind.js';
import { eventKinds } from '../events/kinds.js';
import type {
  ConnectionClosedEvent,
  EventCategory,
  EventKindName,
  LibvirtEvent,
} from '../events/event-types.js';
import { describe } from '../arguments.js';
import { log } from '../logging.js';
import { checkAllEventsOptions } from './check-event-options.js';
import type { AllEventsOptions } from './event-options.js';
import type { EventStreams } from './event-streams.js';
import { redact } from '../errors/redact.js';

const allKinds: readonly EventKind<unknown>[] = Object.values(eventKinds).flatMap(
  (kinds): readonly EventKind<unknown>[] =>
    Object.values<EventKind<unknown>>(kinds).sort((a, b) => a.id - b.id),
);
const allCategories: readonly EventCategory[] = [
  ...(Object.keys(eventKinds) as (keyof typeof eventKinds)[]),
  'connection',
];

/** The events of all kinds that one connection supports. */
export class AllEvents {
  readonly #connection: ConnectionState;
  readonly #streams: EventStreams;
  readonly #leftOut = new Set<EventKind<unknown>>();
  /** The answers that hold for the connection's life. */
  readonly #answers = new Map<EventKind<unknown>, boolean>();
  #supported: Promise<readonly EventKindName[]> | undefined;

  constructor(connection: ConnectionState, streams: EventStreams) {
    this.#connection = connection;
    this.#streams = streams;
  }

  /**
   * All kinds of some categories as one stream. A kind that the other side refuses is left out, and logged
   * once.
   */
  events<C extends EventCategory>(options: AllEventsOptions<C>): Observable<LibvirtEvent<C>> {
    checkAllEventsOptions(options);
    const { categories = allCategories }: { readonly categories?: readonly unknown[] } = options;
    checkCategories(categories);
    const kinds = allKinds.filter(({ category }) => categories.includes(category));
    return defer(() => {
      this.#connection.assertOpen();
      let pending = kinds.length;
      const tell = acknowledgement(options.onRegistered ?? noop);
      const settle = () => {
        if (--pending === 0) tell();
      };
      const streams = kinds.map((kind) =>
        this.#streams.ofKind(kind, { onRegistered: settle }).pipe(
          catchError((error: unknown) => {
            // #end() emits how the connection ended, once and last.
            if (error instanceof ConnectionClosedError) return EMPTY;
            this.#leaveOut(kind, error);
            settle();
            return EMPTY;
          }),
        ),
      );
      if (kinds.length === 0) streams.push(tellingLater(tell));
      // Each stream emits its kind's events, and the kinds are those of the categories.
      return merge(...streams, this.#end(categories.includes('connection'))) as Observable<LibvirtEvent<C>>;
    });
  }

  /**
   * Which kinds of event the connection has, found by registering for each. An answer is remembered. A
   * failure that may pass is not remembered.
   */
  supported(): Promise<readonly EventKindName[]> {
    return (this.#supported ??= this.#probeAll());
  }

  async #probeAll(): Promise<readonly EventKindName[]> {
    const open = allKinds.filter((kind) => !this.#answers.has(kind));
    await Promise.all(open.map((kind) => this.#probe(kind)));
    if (this.#answers.size < allKinds.length) this.#supported = undefined;
    const names = allKinds
      .filter((kind) => this.#answers.get(kind))
      .map(({ category, type }) => Object.freeze({ category, type }) as EventKindName);
    return Object.freeze([...names, Object.freeze({ category: 'connection', type: 'closed' } as const)]);
  }

  /**
   * Resolves when the answer is known, and also when it can't be known now. Rejects when the connection has
   * ended.
   */
  #probe(kind: EventKind<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      const onRegistered = () => {
        subscription.unsubscribe();
        this.#answers.set(kind, true);
        resolve();
      };
      const subscription = this.#streams.ofKind(kind, { onRegistered }).subscribe({
        error: (error: unknown) => {
          if (error instanceof ConnectionClosedError) {
            reject(error);
            return;
          }
          if (error instanceof UnsupportedEventError && !error.mayPass) this.#answers.set(kind, false);
          resolve();
        },
        complete: () => {
          reject(this.#connection.closedError());
        },
      });
    });
  }

  #end(isWanted: boolean): Observable<ConnectionClosedEvent> {
    return this.#connection.closed.pipe(
      mergeMap(({ reason }) => {
        const event = Object.freeze({
          category: 'connection',
          type: 'closed',
          reason,
          time: Date.now(),
        } as const);
        const last = isWanted ? of(event) : EMPTY;
        if (reason === 'client') return last;
        return concat(
          last,
          throwError(() => this.#connection.closedError()),
        );
      }),
    );
  }

  #leaveOut(kind: EventKind<unknown>, error: unknown): void {
    if (this.#leftOut.has(kind)) return;
    this.#leftOut.add(kind);
    const why = error instanceof Error ? error.message : String(error);
    log().info(
      `events() of ${redact(this.#connection.uri)} is without ${kind.category} '${kind.type}': ${why}`,
    );
  }
}

// Calls `tell` only after `subscribe` has returned, because the callback may want to unsubscribe.
function tellingLater(tell: () => void): Observable<never> {
  return defer(() => {
    tell();
    return EMPTY;
  }).pipe(subscribeOn(asapScheduler));
}

function checkCategories(categories: unknown): void {
  if (!Array.isArray(categories))
    throw new TypeError(`categories must be an array, got ${describe(categories)}`);
  const known: readonly unknown[] = allCategories;
  for (const category of categories as readonly unknown[]) {
    if (known.includes(category)) continue;
    const what = typeof category === 'string' ? `'${category}'` : describe(category);
    throw new TypeError(`categories must be among ${allCategories.join(', ')}; got ${what}`);
  }
}
