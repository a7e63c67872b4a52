import type { ConnectionState } from '../connection-state.js';
import { native, type FoundObject, type FoundObjects, type Handle, type HandleList } from '../native.js';
import type { CallTarget } from './call.js';
import { inTurns } from './in-turns.js';

/** An object that was found by a call, or that the user has named. */
export interface Found<H extends Handle> extends Omit<FoundObject<H>, 'handle'> {
  /** Makes the handle. Most objects of a long list are never called, and handles are costly. */
  readonly handle: () => H;
}

/** The object that a look-up answers with. */
export function foundObject<H extends Handle>({ handle, key, name, id }: FoundObject<H>): Found<H> {
  return { handle: () => handle, key, name, id };
}

/** The objects that a list answers with, one after the other: there can be thousands. See {@link inTurns}. */
export function* foundObjects<H extends Handle>(found: FoundObjects<H>): Generator<Found<H>, void> {
  for (let index = 0; index < found.keys.length; index++) yield foundAt(found, index);
}

/** What `make` makes of each object that a list answers with. */
export async function madeOf<H extends Handle, Made>(
  found: FoundObjects<H>,
  make: (found: Found<H>) => Made,
): Promise<Made[]> {
  const all: Made[] = [];
  await inTurns(foundObjects(found), (each) => all.push(make(each)));
  return all;
}

/** How many handles a {@link HandleList} has; addon/calls/held_list.h has the same number. */
const handlesTogether = 32;

/** One of the objects that a list answers with. */
export function foundAt<H extends Handle>(
  { handles, keys, names, ids }: FoundObjects<H>,
  index: number,
): Found<H> {
  // Each object has its place in one of them.
  const neighbours = handles[Math.floor(index / handlesTogether)] as HandleList<H>;
  return {
    handle: () => native().handleAt(neighbours, index % handlesTogether),
    key: keys[index] as string,
    name: names[index] as string,
    id: ids[index] as number,
  };
}

/** How messages name an object that has a uuid. The name is empty when the user gave only the uuid. */
export function titleOf(kind: string, { name, key }: Pick<Found<Handle>, 'name' | 'key'>): string {
  return name === '' ? `${kind} with uuid '${key}'` : `${kind} '${name}'`;
}

/** The target for the calls of an object. It makes the handle once, at the first call. */
export class ObjectTarget<H extends Handle> implements CallTarget {
  readonly connection: ConnectionState;
  readonly title: string;
  #make: (() => H) | undefined;
  #handle: H | undefined;

  constructor(connection: ConnectionState, title: string, make: () => H) {
    this.connection = connection;
    this.title = title;
    this.#make = make;
  }

  get handle(): H {
    this.#handle ??= this.#make?.() as H;
    this.#make = undefined; // it may keep some neighbours in a list
    return this.#handle;
  }
}

/** Throws `TypeError` when a program has called a constructor that only connections call. */
export function checkMade(found: { readonly handle?: unknown } | undefined, what: string, by: string): void {
  if (typeof found?.handle !== 'function')
    throw new TypeError(`${what} is made by a connection: ${by}, not by new`);
}
