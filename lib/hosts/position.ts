import type { CloseReason } from '../errors/close-info.js';
import type { DomainLifecycleEvent } from '../events/domain-lifecycle-table.js';

/** Where an item stands among all items of its host. */
export interface Position {
  /**
   * The number of the connection that it came by, from 1. What a new subscriber of the live state is told first has the
   * number of the newest connection that any item came by.
   */
  readonly epoch: number;
  /** Its number among the items of that connection, from 1. */
  readonly seq: number;
}

/** An item with the host that it came from. */
export type FromHost<T> = T & {
  /** The name of the host. */
  readonly host: string;
  readonly position: Position;
};

/** Events may be missing here, because there was no connection. All times are milliseconds since 1970. */
export interface Gap {
  readonly type: 'gap';
  /**
   * Everything that the host had sent before this was received. It is mostly the time of the last message, and lies
   * before the time at which the loss was noticed: {@link ConnectionClosedError.receivedUntil}. What the host had not
   * sent yet may be a little older, and over TCP what was on its way.
   */
  readonly from: number;
  /** From here on, everything is received again. */
  readonly to: number;
  /** How the connection was lost. */
  readonly reason: CloseReason;
}

/** Gives the items of one host their places. */
export class Places {
  readonly #host: string;
  #epoch = 0;
  #seq = 0;

  constructor(host: string) {
    this.#host = host;
  }

  /**
   * A frozen copy of the item, with the next place among the items of this connection. Places never go back: when an
   * item of a newer connection has been placed, the next place is one of that connection.
   */
  place<T extends object>(item: T, epoch: number): FromHost<T> {
    if (epoch > this.#epoch) {
      this.#epoch = epoch;
      this.#seq = 0;
    }
    const position = Object.freeze({ epoch: this.#epoch, seq: ++this.#seq });
    return copyWithPlace(item, this.#host, position);
  }
}

function copyWithPlace<T extends object>(item: T, host: string, position: Position): FromHost<T> {
  if (!isLifecycleEvent(item)) return Object.freeze({ ...item, host, position });
  // Written by hand, for speed: most events are of this kind, and a copy of any object takes V8 twice as long.
  const { category, type, domain, event, detail, eventNumber, detailNumber, time } = item;
  const copy = { category, type, domain, event, detail, eventNumber, detailNumber, time, host, position };
  // The compiler refuses this if the event has a field that the copy lacks.
  return Object.freeze(
    copy satisfies Record<keyof FromHost<DomainLifecycleEvent>, unknown>,
  ) as object as FromHost<T>;
}

function isLifecycleEvent(item: object): item is DomainLifecycleEvent {
  return 'type' in item && item.type === 'lifecycle' && 'category' in item && item.category === 'domain';
}
