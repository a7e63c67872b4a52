import { filter, map, Observable, ReplaySubject, scan, share } from 'rxjs';
import { whileConnected, type Step } from './connector.js';
import type { FromHost, Places } from './position.js';
import { reflect, type Reader, type ReflectorOptions } from './reflector.js';
import { nothingHeld, take, type AddedChange, type Change, type Held } from './store.js';

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

  constructor(rig: LiveStateRig<C, S>) {
    const { steps, readerOf, places } = rig;
    const held = steps.pipe(
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
    this.objects = held.pipe(map(({ objects }) => objects));
    this.changes = new Observable((subscriber) => {
      let isFirst = true;
      return held.subscribe({
        next: ({ epoch, objects, changes }) => {
          const told = isFirst
            ? [...objects.values()].map((after) => places.place(added(after), epoch))
            : changes;
          isFirst = false;
          for (const change of told) subscriber.next(change);
        },
        complete: () => {
          subscriber.complete();
        },
      });
    });
  }
}

const nothingHeldYet = { ...nothingHeld, epoch: 0, changes: [] };

function added<S>(after: S): AddedChange<S> {
  return { type: 'added', after, synthetic: true };
}
