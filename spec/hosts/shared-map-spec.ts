import { expect } from 'chai';
import { inspect } from 'node:util';
import { SharedMap } from '../../lib/hosts/shared-map.js';

/** Numbers that are always the same: a linear congruential generator. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) yield (state = (state * 1103515245 + 12345) & 0x7fffffff);
}

describe('SharedMap', () => {
  it('should be a map that reads like any other', () => {
    const map = new SharedMap<number>().with([
      ['a', 1],
      ['b', 2],
    ]);
    expect(map.size).to.equal(2);
    expect([map.get('a'), map.get('c'), map.has('b'), map.has('c')]).to.deep.equal([
      1,
      undefined,
      true,
      false,
    ]);
    expect(new Map(map)).to.deep.equal(new Map(Object.entries({ a: 1, b: 2 })));
    expect([...map.keys()].sort()).to.deep.equal(['a', 'b']);
    expect([...map.values()].sort()).to.deep.equal([1, 2]);
    const seen: unknown[] = [];
    map.forEach((value, key, whole) => seen.push([key, value, whole === map]));
    expect(seen).to.have.deep.members([
      ['a', 1, true],
      ['b', 2, true],
    ]);
    expect(map).to.deep.equal(map.with([]));
    expect(inspect(map)).to.equal("Map(2) { 'a' => 1, 'b' => 2 }");
  });

  it('should stay as it is, however many versions are made of it', () => {
    const random = numbers(1);
    const versions: (readonly [SharedMap<number>, ReadonlyMap<string, number>])[] = [
      [new SharedMap(), new Map()],
    ];
    for (let step = 0; step < 500; step++) {
      const [map, model] = versions[random.next().value % versions.length] ?? [];
      if (map === undefined) throw new Error('there is always one');
      const changes = Array.from({ length: random.next().value % 8 }, (): [string, number | undefined] => [
        `key ${random.next().value % 40}`,
        random.next().value % 3 === 0 ? undefined : random.next().value,
      ]);
      const changed = new Map(model);
      for (const [key, value] of changes) {
        if (value === undefined) changed.delete(key);
        else changed.set(key, value);
      }
      versions.push([map.with(changes), changed]);
    }
    for (const [map, model] of versions) {
      expect(map.size).to.equal(model.size);
      expect(new Map(map)).to.deep.equal(model);
    }
  });

  it('should share what stays the same: a version of a large map costs little memory', () => {
    if (gc === undefined) throw new Error('run with --expose-gc');
    const keys = Array.from({ length: 10_000 }, (_, index) => `00000000-0000-4000-8000-${index + 1e11}`);
    let map = new SharedMap<object>().with(keys.map((key) => [key, {}]));
    const versions = [map];
    gc();
    const before = process.memoryUsage().heapUsed;
    for (const key of keys.slice(0, 1000)) versions.push((map = map.with([[key, {}]])));
    gc();
    const bytes = (process.memoryUsage().heapUsed - before) / 1000;
    expect(versions).to.have.length(1001);
    // A copy of the map would take half a megabyte.
    expect(bytes).to.be.below(12_000);
  });
});
