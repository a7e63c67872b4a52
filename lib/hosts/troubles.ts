import { inspect } from 'node:util';
import { log } from '../logging.js';

/** Something that can't be had from a host at the moment. */
export interface HostTrouble {
  /** What is missing: `"network events 'lifecycle'"`, `'domains'`. */
  readonly what: string;
  readonly error: unknown;
  /** Since when, in milliseconds since 1970. */
  readonly since: number;
}

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
      const known = this.#present.has(what);
      if (error === undefined) {
        if (known) log().info(`host ${this.#host}: ${what} can be had again`);
        this.#present.delete(what);
        return;
      }
      if (known) return;
      this.#present.set(what, Object.freeze({ what, error, since: Date.now() }));
      const why = error instanceof Error ? error.message : inspect(error);
      log().warn(`host ${this.#host}: ${what} can't be had, and is tried again: ${why}`);
    };
  }

  /** Call it when there is no connection: what is missing then is not told apart. */
  clear(): void {
    this.#present.clear();
  }

  list(): readonly HostTrouble[] {
    return Object.freeze([...this.#present.values()]);
  }
}
