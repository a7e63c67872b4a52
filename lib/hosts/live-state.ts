import { filter, map, Observable, ReplaySubject, scan, share } from 'rxjs';
import { whileConnected, type Step } from './connector.js';
import type { FromHost, Places } from './position.js';
import { reflect, type Reader, type ReflectorOptions } from './reflector.js';
import { nothingHeld, take, type AddedChange, type Change, type Held, type RemovedChange } from './store.js';

/** What the live state of a kind of object needs. */
export interface LiveStateRig<C, S> extends ReflectorOptions {
  readonly steps: Observable<Step<C>>;
  readonly readerOf: (connection: C) => Reader<S>;
  readonly places: Places;
}

interface PlacedHeld<S> extends Held<S> {
  readonly epoch: number;
  readonly changes: readonly FromHost<Change<S>>[];
}

/**
 * All objects of a kind on a host, kept up to date across its connections. Registers and lists for the first
 * subscriber, and stops when the last one has left.
 */
export class LiveState<C, S extends object> {
  /**
   * All objects by key, again after each change. A new subscriber gets the present ones at once, if they are
   * known. Never errors. Completes when the host is closed.
   */
  readonly objects: Observable<ReadonlyMap<string, S>>;
  /** Each change. A new subscriber first gets what is there, as `'added'`. Ends as {@link objects} does. */
  readonly changes: Observable<FromHost<Change<S>>>;
  readonly #held: Observable<PlacedHeld<S>>;
  readonly #places: Places;

  constructor(rig: LiveStateRig<C, S>) {
    const { steps, readerOf, places } = rig;
    this.#places = places;
    this.#held = steps.pipe(
      whileConnected((connection, epoch) =>
        reflect(readerOf(connection), rig).pipe(map((reading) => ({ reading, epoch }))),
      ),
      scan((before: PlacedHeld<S>, { reading, epoch }): PlacedHeld<S> => {
        const { objects, changes } = take(before, reading);
        return { epoch, objects, changes: changes.map((change) => places.place(change, epoch)) };
      }, nothingHeldYet),
      filter(({ changes }, index) => index === 0 || changes.length > 0),
      share({ connector: () => new ReplaySubject(1) }),
    );
    this.objects = this.#held.pipe(map(({ objects }) => objects));
    this.changes = new Observable((subscriber) => {
      let isFirst = true;
      return this.#held.subscribe({
        next: (held) => {
          for (const change of this.#toTell(held, isFirst)) subscriber.next(change);
          isFirst = false;
        },
        complete: () => {
          subscriber.complete();
        },
      });
    });
  }

  /**
   * Each change, also beyond the end of the host. When `removed` emits, each object that the subscriber has been told of
   * is told as `'removed'`. Completes then, or when `removed` completes.
   */
  changesUntil(removed: Observable<unknown>): Observable<FromHost<Change<S>>> {
    return new Observable((subscriber) => {
      let told: PlacedHeld<S> | undefined;
      let isTelling = false;
      let isRemoved = false;
      const tellAllRemoved = () => {
        for (const before of told?.objects.values() ?? [])
          subscriber.next(this.#places.place(gone(before), told?.epoch ?? 0));
        subscriber.complete();
      };
      subscriber.add(
        removed.subscribe({
          next: () => {
            isRemoved = true;
            // A subscriber that removes the host is told the rest of the present changes before that.
            if (!isTelling) tellAllRemoved();
          },
          complete: () => {
            if (!isRemoved) subscriber.complete();
          },
        }),
      );
      if (subscriber.closed) return;
      subscriber.add(
        this.#held.subscribe((held) => {
          isTelling = true;
          for (const change of this.#toTell(held, told === undefined)) subscriber.next(change);
          isTelling = false;
          told = held;
          if (isRemoved) tellAllRemoved();
        }),
      );
    });
  }

  /** @param isFirst Whether the subscriber has been told nothing yet. It is then told what is there. */
  #toTell({ epoch, objects, changes }: PlacedHeld<S>, isFirst: boolean): Iterable<FromHost<Change<S>>> {
    return isFirst ? [...objects.values()].map((after) => this.#places.place(added(after), epoch)) : changes;
  }
}

const nothingHeldYet = { ...nothingHeld, epoch: 0, changes: [] };

function added<S>(after: S): AddedChange<S> {
  return { type: 'added', after, synthetic: true };
}

function gone<S>(before: S): RemovedChange<S> {
  return { type: 'removed', before, synthetic: true };
}
