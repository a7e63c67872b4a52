import { ReplaySubject, type Observable, type Subscription } from 'rxjs';
import type { CloseOptions } from '../connection/close-options.js';
import type { Connection } from '../connection/connection.js';
import { keepConnected, type ConnectorRig, type Step } from './connector.js';
import type { HostClosedStatus } from './host-status.js';

/** A connection that is kept until it is stopped, with its steps for any number of subscribers. */
export class KeptConnection {
  readonly #steps = new ReplaySubject<Step<Connection>>(1);
  readonly #keeping: Subscription;
  #connection: Connection | undefined;

  constructor(rig: ConnectorRig<Connection>) {
    this.#keeping = keepConnected(rig).subscribe({
      next: (step) => {
        this.#connection = step.connection;
        this.#steps.next(step);
      },
      complete: () => {
        this.#steps.complete();
      },
    });
  }

  /** The connection, while there is one. */
  get connection(): Connection | undefined {
    return this.#connection;
  }

  /** Each step. A new subscriber gets the last one at once. Completes when it is closed. */
  get steps(): Observable<Step<Connection>> {
    return this.#steps.asObservable();
  }

  /** Whether there will be no further step. */
  get hasEnded(): boolean {
    return this.#keeping.closed;
  }

  /**
   * Ends the steps, and closes the connection; see `Connection.close`.
   * @param status The last step.
   */
  close(options: CloseOptions, status: HostClosedStatus = { state: 'closed' }): Promise<void> {
    if (!this.#keeping.closed) {
      // First, so that the close of the connection is not taken for a loss.
      this.#keeping.unsubscribe();
      this.#steps.next({ status });
      this.#steps.complete();
    }
    return this.#connection?.close(options) ?? Promise.resolve();
  }
}
