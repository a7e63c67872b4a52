import type { CloseReason } from '../errors/close-info.js';

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
   * Everything that happened before this was received. When keepalive has ended the connection, this lies
   * before the time at which the loss was noticed.
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
    return Object.freeze({ ...item, host: this.#host, position });
  }
}
