import { exactNumber } from '../calls/answers.js';
import { eachParameter, type ParameterValue } from '../calls/parameters.js';
import type { ParameterArrays } from '../native.js';

/** Typed parameters whose names are paths, such as `'fs.0.disk.1.alias'`. What is not there is null. */
export class ParameterTree {
  readonly #value: ParameterValue;
  readonly #branches = new Map<string, ParameterTree>();

  private constructor(value: ParameterValue = null) {
    this.#value = value;
  }

  static of(found: ParameterArrays): ParameterTree {
    const root = new ParameterTree();
    eachParameter(found, (name, value) => {
      root.#add(name.split('.'), value);
    });
    return root;
  }

  has(name: string): boolean {
    return this.#branches.has(name);
  }

  at(name: string): ParameterTree {
    return this.#branches.get(name) ?? new ParameterTree();
  }

  text(name: string): string | null {
    const value = this.at(name).#value;
    return typeof value === 'string' ? value : null;
  }

  /** @throws {RangeError} when JavaScript's numbers don't have it. */
  number(name: string): number | null {
    const value = this.at(name).#value;
    return typeof value === 'number' || typeof value === 'bigint' ? exactNumber(value) : null;
  }

  boolean(name: string): boolean | null {
    const value = this.at(name).#value;
    return typeof value === 'boolean' ? value : null;
  }

  /** The items of a list. libvirt may leave some of them out. */
  list<Item>(name: string, read: (item: ParameterTree) => Item): Item[] {
    const list = this.at(name);
    return Array.from({ length: list.number('count') ?? 0 }, (_, index) => String(index))
      .filter((index) => list.has(index))
      .map((index) => read(list.at(index)));
  }

  #add([first, ...others]: readonly string[], value: ParameterValue): void {
    if (first === undefined) return;
    if (others.length === 0) {
      this.#branches.set(first, new ParameterTree(value));
      return;
    }
    const branch = this.at(first);
    this.#branches.set(first, branch);
    branch.#add(others, value);
  }
}
