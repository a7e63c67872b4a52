import { log } from '../logging.js';
import type { Addon } from '../native.js';
import type { LoopReceiver } from '../native/receivers.js';
import type { EventImpl } from './event-impl.js';

/**
 * Connects the addon to an implementation. Translates ids. When the implementation throws or returns an
 * invalid value, logs that and answers the addon in its place.
 */
export class ImplementationHost implements LoopReceiver {
  readonly #impl: EventImpl;
  readonly #addon: Addon;
  readonly #handles = new IdTranslation();
  readonly #timeouts = new IdTranslation();

  constructor(impl: EventImpl, addon: Addon) {
    this.#impl = impl;
    this.#addon = addon;
  }

  addHandle(id: number, fd: number, mask: number): boolean {
    const { runHandle, freeHandle } = this.#addon;
    return this.#add('addHandle', this.#handles, id, () =>
      this.#impl.addHandle(fd, mask, runHandle, id, freeHandle),
    );
  }

  updateHandle(id: number, mask: number): void {
    this.#update('updateHandle', this.#handles, id, (own) => {
      this.#impl.updateHandle(own, mask);
    });
  }

  removeHandle(id: number): boolean {
    return this.#remove('removeHandle', this.#handles, id, (own) => this.#impl.removeHandle(own));
  }

  addTimeout(id: number, frequencyMs: number): boolean {
    const { runTimeout, freeTimeout } = this.#addon;
    return this.#add('addTimeout', this.#timeouts, id, () =>
      this.#impl.addTimeout(frequencyMs, runTimeout, id, freeTimeout),
    );
  }

  updateTimeout(id: number, frequencyMs: number): void {
    this.#update('updateTimeout', this.#timeouts, id, (own) => {
      this.#impl.updateTimeout(own, frequencyMs);
    });
  }

  removeTimeout(id: number): boolean {
    return this.#remove('removeTimeout', this.#timeouts, id, (own) => this.#impl.removeTimeout(own));
  }

  removeAll(): void {
    for (const own of this.#handles.takeAll()) this.#impl.removeHandle(own);
    for (const own of this.#timeouts.takeAll()) this.#impl.removeTimeout(own);
  }

  #add(method: string, ids: IdTranslation, id: number, add: () => unknown): boolean {
    try {
      const own = add();
      if (typeof own !== 'number' || !Number.isInteger(own) || own <= 0) {
        log().error(`${this.#name}.${method} answered ${String(own)}, which is not an id: refused`);
        return false;
      }
      const isNew = ids.add(id, own);
      if (!isNew) log().error(`${this.#name}.${method} answered ${own}, which is already in use: refused`);
      return isNew;
    } catch (error) {
      this.#logThrown(method, error);
      return false;
    }
  }

  #update(method: string, ids: IdTranslation, id: number, update: (own: number) => void): void {
    const own = ids.ownOf(id);
    if (own === undefined) return;
    try {
      update(own);
    } catch (error) {
      this.#logThrown(method, error);
    }
  }

  #remove(method: string, ids: IdTranslation, id: number, remove: (own: number) => unknown): boolean {
    const own = ids.ownOf(id);
    if (own === undefined) return true;
    let isRemoved = false;
    try {
      const status = remove(own);
      isRemoved = status === 0;
      if (!isRemoved)
        log().warn(`${this.#name}.${method}(${own}) answered ${String(status)} for an id that is registered`);
    } catch (error) {
      this.#logThrown(method, error);
    }
    // Comes last: if JavaScript is stopped before this line, the id is still here, and the addon brings the
    // removal again.
    ids.delete(id);
    return isRemoved;
  }

  #logThrown(method: string, error: unknown): void {
    log().error(`${this.#name}.${method} threw: ${String(error)}`);
  }

  get #name(): string {
    return this.#impl.constructor.name;
  }
}

/** Maps each of the addon's ids to the implementation's own id. */
class IdTranslation {
  readonly #own = new Map<number, number>();
  readonly #taken = new Set<number>();

  /** Returns false when another watch or timeout that still exists has this id of the implementation. */
  add(id: number, own: number): boolean {
    if (this.#taken.has(own)) return false;
    this.#taken.add(own);
    this.#own.set(id, own);
    return true;
  }

  ownOf(id: number): number | undefined {
    return this.#own.get(id);
  }

  /** Returns the implementation's own ids, and forgets them. */
  takeAll(): number[] {
    const own = [...this.#taken];
    this.#own.clear();
    this.#taken.clear();
    return own;
  }

  delete(id: number): void {
    const own = this.#own.get(id);
    if (own === undefined) return;
    this.#own.delete(id);
    this.#taken.delete(own);
  }
}
