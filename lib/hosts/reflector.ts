import { asyncScheduler, from, Observable, timer, type ObservableInput, type SchedulerLike } from 'rxjs';
import { ConnectionClosedError } from '../errors.js';
import type { Delays } from './delays.js';

/** How one kind of object is read through one connection. */
export interface Reader<S> {
  /**
   * Registers for the events that tell of changes. Emits the key of the object that an event is about. Calls
   * `onRegistered` when every change from then on is told.
   */
  readonly marks: (onRegistered: () => void) => Observable<string>;
  /** Emits when events were lost, so that marks may be missing. */
  readonly losses?: Observable<unknown>;
  /** All objects, by key. */
  readonly list: () => ObservableInput<ReadonlyMap<string, S>>;
  /** Those objects among `keys` that exist. */
  readonly fetch: (keys: readonly string[]) => ObservableInput<ReadonlyMap<string, S>>;
}

/** What was read. */
export interface Reading<S> {
  /** The keys that were asked for; undefined when all objects were listed. */
  readonly keys?: readonly string[];
  readonly found: ReadonlyMap<string, S>;
  /** Whether an event has told of a change of this object. */
  readonly isReported: (key: string) => boolean;
}

/** How the reflector works. */
export interface ReflectorOptions {
  /** How long to wait after a failure. */
  readonly delays: Delays;
  /** Called when it can't have the objects or their events, and with undefined when it can again or has ended. */
  readonly onTrouble: (what: 'objects' | 'events', error: unknown) => void;
  /** Lists again after about this many milliseconds. undefined: never. */
  readonly resyncMs?: number | undefined;
  readonly random?: () => number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Reads all objects of a kind, and again those that events mark. One reading follows the other, so no reading
 * is older than the one before it. Where the events are refused, lists at each attempt to register. Cold.
 * Completes and errors never: it ends when it is unsubscribed from.
 */
export function reflect<S>(reader: Reader<S>, options: ReflectorOptions): Observable<Reading<S>> {
  return new Observable<Reading<S>>((subscriber) => {
    const { delays, onTrouble, resyncMs, random = Math.random, scheduler = asyncScheduler } = options;
    let marked = new Set<string>();
    let isListWanted = false;
    let isBusy = false;
    let failures = 0;
    let refusals = 0;

    const later = (ms: number, work: () => void) => subscriber.add(timer(ms, scheduler).subscribe(work));

    // Takes the marks first: an event that comes during the reading marks its object again.
    const read = (
      keys: readonly string[] | undefined,
      request: () => ObservableInput<ReadonlyMap<string, S>>,
    ) => {
      const told = marked;
      marked = new Set();
      isBusy = true;
      subscriber.add(
        from(request()).subscribe({
          next: (found) => {
            isBusy = false;
            if (failures > 0) onTrouble('objects', undefined);
            failures = 0;
            const isReported = (key: string) => told.has(key) || marked.has(key);
            subscriber.next({ ...(keys && { keys }), found, isReported });
            work();
          },
          error: (error: unknown) => {
            // The host will have another connection.
            if (error instanceof ConnectionClosedError) return;
            onTrouble('objects', error);
            later(delays.chooseMs(++failures), () => {
              for (const key of told) marked.add(key);
              isListWanted ||= keys === undefined;
              isBusy = false;
              work();
            });
          },
        }),
      );
    };

    const work = () => {
      if (isBusy || subscriber.closed) return;
      if (isListWanted) {
        isListWanted = false;
        read(undefined, () => reader.list());
      } else if (marked.size > 0) {
        const keys = [...marked];
        read(keys, () => reader.fetch(keys));
      }
    };

    const listAgain = () => {
      isListWanted = true;
      work();
    };

    const listFromTimeToTime = (periodMs: number) => {
      later(periodMs * (0.75 + random() / 2), () => {
        listAgain();
        listFromTimeToTime(periodMs);
      });
    };

    const onRegistered = () => {
      if (refusals > 0) onTrouble('events', undefined);
      refusals = 0;
      listAgain();
    };

    const register = () => {
      subscriber.add(
        reader.marks(onRegistered).subscribe({
          next: (key) => {
            marked.add(key);
            work();
          },
          error: (error: unknown) => {
            if (error instanceof ConnectionClosedError) return;
            onTrouble('events', error);
            // Without events, what is listed at each attempt is all that can be known.
            listAgain();
            later(delays.chooseMs(++refusals), register);
          },
        }),
      );
    };

    register();
    if (reader.losses !== undefined) subscriber.add(reader.losses.subscribe(listAgain));
    if (resyncMs !== undefined) listFromTimeToTime(resyncMs);
    // What nobody wants any more is no trouble.
    return () => {
      if (failures > 0) onTrouble('objects', undefined);
      if (refusals > 0) onTrouble('events', undefined);
    };
  });
}
