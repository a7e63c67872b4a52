import { inspect } from 'node:util';

type Bucket<V> = ReadonlyMap<string, V>;

const bucketCount = 256;

/**
 * A map that never changes. A changed version shares all parts with it that stay the same. So each version
 * costs the copy of one small part, not of the whole map, and can be kept for as long as somebody wants it.
 */
export class SharedMap<V> implements ReadonlyMap<string, V> {
  readonly size: number;
  readonly #buckets: readonly (Bucket<V> | undefined)[];

  constructor();
  /** @internal */
  constructor(size: number, buckets: readonly (Bucket<V> | undefined)[]);
  constructor(size = 0, buckets: readonly (Bucket<V> | undefined)[] = Array<undefined>(bucketCount)) {
    this.size = size;
    this.#buckets = buckets;
  }

  /** A version with these values. A key whose value is undefined is removed. */
  with(changes: Iterable<readonly [key: string, value: V | undefined]>): SharedMap<V> {
    const buckets = [...this.#buckets];
    const own = new Set<Map<string, V>>();
    let size = this.size;
    for (const [key, value] of changes) {
      const index = bucketOf(key);
      let bucket = buckets[index] as Map<string, V> | undefined;
      if (bucket === undefined || !own.has(bucket)) {
        buckets[index] = bucket = new Map(bucket);
        own.add(bucket);
      }
      size -= bucket.size;
      if (value === undefined) bucket.delete(key);
      else bucket.set(key, value);
      size += bucket.size;
    }
    return new SharedMap(size, buckets);
  }

  get(key: string): V | undefined {
    return this.#buckets[bucketOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.#buckets[bucketOf(key)]?.has(key) ?? false;
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  *keys(): Generator<string, undefined> {
    for (const [key] of this) yield key;
  }

  *values(): Generator<V, undefined> {
    for (const [, value] of this) yield value;
  }

  *entries(): Generator<[string, V], undefined> {
    for (const bucket of this.#buckets) if (bucket !== undefined) yield* bucket;
  }

  [Symbol.iterator](): Generator<[string, V], undefined> {
    return this.entries();
  }

  readonly [Symbol.toStringTag] = 'Map';

  [inspect.custom](): Map<string, V> {
    return new Map(this);
  }
}

function bucketOf(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (hash * 31 + key.charCodeAt(i)) | 0;
  return (hash ^ (hash >>> 16)) & (bucketCount - 1);
}
