import type { EventImpl, FreeCallback, Opaque } from '../../../lib/loop/event-impl.js';

export type Kind = 'watch' | 'timeout';

/** A callback of a watch. Those of timeouts are told a file descriptor of -1, and no bits. */
type Callback = (id: number, fd: number, bits: number, opaque: Opaque) => void;

/** Calls that are the same for watches and timeouts. */
export class EitherKind {
  readonly #loop: EventImpl;

  constructor(loop: EventImpl) {
    this.#loop = loop;
  }

  add(
    kind: Kind,
    fd: number,
    setting: number,
    callback: Callback,
    opaque: Opaque,
    free: FreeCallback,
  ): number {
    if (kind === 'watch') return this.#loop.addHandle(fd, setting, callback, opaque, free);
    const onTimeout = (timer: number, told: Opaque) => {
      callback(timer, -1, 0, told);
    };
    return this.#loop.addTimeout(setting, onTimeout, opaque, free);
  }

  update(kind: Kind, id: number, setting: number): void {
    if (kind === 'watch') this.#loop.updateHandle(id, setting);
    else this.#loop.updateTimeout(id, setting);
  }

  remove(kind: Kind, id: number): 0 | -1 {
    return kind === 'watch' ? this.#loop.removeHandle(id) : this.#loop.removeTimeout(id);
  }
}
