import { inspect } from 'node:util';
import { log } from '../logging.js';
import { diagnostics } from './diagnostics.js';
import type { HostTrouble } from './host-trouble.js';

/** What can't be had from a host at the moment, although there is a connection. */
export class Troubles {
  readonly #host: string;
  readonly #present = new Map<string, HostTrouble>();

  constructor(host: string) {
    this.#host = host;
  }

  /** A function to be called with each error, and with undefined when all is well. Only changes are logged. */
  reporter(what: string): (error: unknown) => void {
    return (error: unknown) => {
      const known = this.#present.get(what);
      if (error === undefined) {
        if (known === undefined) return;
        log().info(`host ${this.#host}: the trouble with ${what} is over`);
        this.#present.delete(what);
        this.#publish(known, true);
        return;
      }
      if (known !== undefined) return;
      const trouble = Object.freeze({ what, error, since: Date.now() });
      this.#present.set(what, trouble);
      this.#publish(trouble, false);
      const why = error instanceof Error ? error.message : inspect(error);
      log().warn(`host ${this.#host}: ${what} can't be had, and are tried again: ${why}`);
    };
  }

  /** Call it when there is no connection: what is missing then is not told apart. */
  clear(): void {
    const over = this.list();
    this.#present.clear();
    for (const trouble of over) this.#publish(trouble, true);
  }

  #publish(trouble: HostTrouble, isOver: boolean): void {
    diagnostics.trouble(() => Object.freeze({ host: this.#host, trouble, isOver }));
  }

  list(): readonly HostTrouble[] {
    return Object.freeze([...this.#present.values()]);
  }
}
