import type { Observable } from 'rxjs';
import type { CloseOptions } from '../connection/close-options.js';
import type { Connection } from '../connection/connection.js';
import type { Step } from './connector.js';
import type { HostStatus } from './host-status.js';
import type { KeptConnection } from './kept-connection.js';

/**
 * The connection of a host for calls: the watched one, or a further one. A further one is opened when it is first
 * asked for, and ends with the watched one.
 */
export class CallConnection {
  readonly #watched: KeptConnection;
  readonly #openFurther: (() => KeptConnection) | undefined;
  readonly #onTrouble: (error: unknown) => void;
  #further: KeptConnection | undefined;

  /**
   * @param onTrouble Called when the further connection can't be opened although the watched one is there, and with
   *   undefined when it is open, or is wanted no more.
   * @param openFurther undefined: the watched connection is for calls too.
   */
  constructor(
    watched: KeptConnection,
    onTrouble: (error: unknown) => void,
    openFurther?: () => KeptConnection,
  ) {
    this.#watched = watched;
    this.#openFurther = openFurther;
    this.#onTrouble = onTrouble;
    watched.steps.subscribe(({ status }) => {
      if (status.state === 'closed') void this.#further?.close({}, status);
    });
  }

  /** The further connection, while there is one. */
  get further(): Connection | undefined {
    return this.#further?.connection;
  }

  /** The steps of the connection for calls. Opens a further one, where that is needed and there is none. */
  steps(): Observable<Step<Connection>> {
    if (this.#openFurther === undefined || this.#watched.hasEnded) return this.#watched.steps;
    // It ends by itself only where the host does not reconnect. Then each request is one attempt.
    if (this.#further?.hasEnded !== false) {
      this.#further = this.#openFurther();
      this.#reportTroubles(this.#further);
    }
    return this.#further.steps;
  }

  #reportTroubles({ steps }: KeptConnection): void {
    let last: HostStatus | undefined;
    steps.subscribe(({ status }) => {
      const before = last;
      last = status;
      if (status.state === 'connected' || status.state === 'closed') this.#onTrouble(undefined);
      // After a loss the watched connection is probably lost too.
      const hasFailed = status.state === 'waiting' && before?.state === 'connecting';
      if (hasFailed && this.#watched.connection !== undefined) this.#onTrouble(status.error);
    });
  }

  /** Closes the further connection. */
  async close(options: CloseOptions): Promise<void> {
    await this.#further?.close(options);
  }
}
