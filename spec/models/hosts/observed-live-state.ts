import { Subscription } from 'rxjs';
import type { LiveState } from '../../../lib/hosts/live-state.js';
import type { FromHost } from '../../../lib/hosts/position.js';
import type { Change } from '../../../lib/hosts/store.js';
import type { Daemon, Snapshot } from './daemon.js';
import type { DaemonConnection } from './daemon-connection.js';
import type { ObservedPlaces } from './observed-places.js';
import type { Readings } from './observed-reader.js';

/** A subscriber of the live state, which checks all that it is told. */
export class ObservedLiveState {
  readonly subscription = new Subscription();
  isComplete = false;
  readonly #daemon: Daemon;
  readonly #readings: Readings;
  /** The changes, folded over the first ones. */
  readonly #folded = new Map<string, Snapshot>();
  /** The last version of each object that was told. */
  readonly #told = new Map<string, number>();
  #objects: ReadonlyMap<string, Snapshot> | undefined;
  #copy: readonly Snapshot[] = [];

  constructor(
    live: LiveState<DaemonConnection, Snapshot>,
    daemon: Daemon,
    readings: Readings,
    places: ObservedPlaces,
  ) {
    this.#daemon = daemon;
    this.#readings = readings;
    const checkPlace = places.ofSubscriber('changes');
    const changes = live.changes.subscribe((change) => {
      checkPlace(change);
      this.#take(change);
    });
    // The second subscription, so that it is told of each reading after the first one.
    const objects = live.objects.subscribe({
      next: (each) => {
        this.#compare(each);
      },
      complete: () => {
        this.isComplete = true;
      },
    });
    this.subscription.add(changes);
    this.subscription.add(objects);
  }

  #take(change: FromHost<Change<Snapshot>>): void {
    const object = change.type === 'removed' ? change.before : change.after;
    const { key } = object;
    const known = this.#folded.get(key);
    if (change.type === 'added') this.#expect(known === undefined, `${key} was added, and is there already`);
    else this.#expect(known === change.before, `${change.type} ${key}: 'before' is not what was told last`);
    if (change.type === 'removed') this.#folded.delete(key);
    else this.#folded.set(key, change.after);
    this.#checkAge(change, key);
    if (this.#objects === undefined) {
      this.#expect(change.type === 'added' && change.synthetic, 'something else than added at the beginning');
      return;
    }
    const isReported = this.#readings.isReported?.(key);
    this.#expect(isReported !== undefined, 'a change without a reading');
    this.#expect(
      change.synthetic !== isReported,
      `${change.type} ${key}: synthetic is ${String(change.synthetic)}`,
    );
  }

  // Each object may only be told as it was later than what was told of it last.
  #checkAge(change: Change<Snapshot>, key: string): void {
    const last = this.#told.get(key) ?? 0;
    const past = this.#daemon.past.get(key) ?? [];
    const version =
      change.type === 'removed'
        ? past.find(({ version, isGone }) => isGone && version > last)?.version
        : change.after.version;
    this.#expect(version !== undefined && version > last, `${change.type} ${key}: an old reply has won`);
    this.#told.set(key, version ?? last);
  }

  #compare(objects: ReadonlyMap<string, Snapshot>): void {
    if (this.#objects !== undefined)
      this.#expect(isSame([...this.#objects.values()], this.#copy), 'a map that was handed out has changed');
    this.#objects = objects;
    this.#copy = [...objects.values()];
    this.#expect(objects.size === this.#copy.length, 'the size of a map is wrong');
    this.#expect(isSame(this.#copy, [...this.#folded.values()]), 'the changes do not add up to the map');
  }

  /** Call it when nothing happens any more, and everything could be read. */
  checkQuiet(): void {
    const truth = [...this.#daemon.objects.values()];
    this.#expect(
      isSame([...(this.#objects?.values() ?? [])], truth),
      `the map is not the truth, ${text(truth)}`,
    );
    this.#expect(this.#objects !== undefined, 'nothing was told');
  }

  #expect(isRight: boolean, fault: string): void {
    if (!isRight) this.#daemon.faults.push(`${this.#daemon.now} ms: ${fault}; map: ${text(this.#copy)}`);
  }
}

const text = (all: readonly Snapshot[]) =>
  all
    .map(({ key, version }) => `${key}${version}`)
    .sort()
    .join(' ');
const isSame = (a: readonly Snapshot[], b: readonly Snapshot[]) => text(a) === text(b);
