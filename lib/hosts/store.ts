import type { Reading } from './reflector.js';
import { SharedMap } from './shared-map.js';

/** What has changed about an object. */
export type Change<S> = AddedChange<S> | ChangedChange<S> | RemovedChange<S>;

interface ChangeBase {
  /** Whether a listing has found this, and no event has reported it. */
  readonly synthetic: boolean;
}

/** An object that was not there before. */
export interface AddedChange<S> extends ChangeBase {
  readonly type: 'added';
  readonly before?: undefined;
  readonly after: S;
}

/** An object whose values have changed. */
export interface ChangedChange<S> extends ChangeBase {
  readonly type: 'changed';
  readonly before: S;
  readonly after: S;
}

/** An object that is gone. */
export interface RemovedChange<S> extends ChangeBase {
  readonly type: 'removed';
  readonly before: S;
  readonly after?: undefined;
}

/** All objects of a kind, and what the last reading has changed. */
export interface Held<S> {
  readonly objects: SharedMap<S>;
  readonly changes: readonly Change<S>[];
}

export const nothingHeld: Held<never> = { objects: new SharedMap<never>(), changes: [] };

/**
 * What is held after a reading. Changes that no event has reported come first. Otherwise they come in the order in
 * which the objects were marked or listed.
 */
export function take<S extends object>({ objects }: Held<S>, reading: Reading<S>): Held<S> {
  const { found, keys, isReported } = reading;
  const changes: Change<S>[] = [];
  const changed: [string, S | undefined][] = [];
  for (const key of keys ?? new Set([...objects.keys(), ...found.keys()])) {
    const before = objects.get(key);
    const after = found.get(key);
    const change = compare(before, after, !isReported(key));
    if (change === undefined) continue;
    changes.push(change);
    changed.push([key, after]);
  }
  changes.sort((a, b) => Number(b.synthetic) - Number(a.synthetic));
  return { objects: changed.length === 0 ? objects : objects.with(changed), changes };
}

function compare<S extends object>(
  before: S | undefined,
  after: S | undefined,
  synthetic: boolean,
): Change<S> | undefined {
  if (before === undefined) return after && Object.freeze({ type: 'added', after, synthetic });
  if (after === undefined) return Object.freeze({ type: 'removed', before, synthetic });
  if (isSame(before, after)) return undefined;
  return Object.freeze({ type: 'changed', before, after, synthetic });
}

// Snapshots are flat: their values are texts, numbers, booleans and null.
function isSame<S extends object>(a: S, b: S): boolean {
  return (Object.keys(a) as (keyof S)[]).every((key) => a[key] === b[key]);
}
