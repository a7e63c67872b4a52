/**
 * Two flags of libvirt's list functions that exclude each other: with the first one, the list has the objects with a
 * property. With the second one, it has those without the property. With both or none, it has all of them.
 */
export interface FlagPair<Object> {
  readonly with: number;
  readonly without: number;
  readonly has: (object: Object) => boolean;
}

/** The objects that the flags select. Flags that no pair has are ignored. */
export function listed<Object>(
  objects: readonly Object[],
  flags: number,
  pairs: readonly FlagPair<Object>[],
): Object[] {
  return objects.filter((object) =>
    pairs.every((pair) => {
      const wanted = (flags & (pair.with | pair.without)) >>> 0;
      const own = (pair.has(object) ? pair.with : pair.without) >>> 0;
      return wanted === 0 || (wanted & own) !== 0;
    }),
  );
}
