import type { DomainIdentities } from './domain-identities.js';
import type { EventDomain } from '../events/event-object-types.js';

/**
 * Reads one event's payload in the order in which the addon wrote it. That is the order of the callback's
 * arguments in libvirt.h.
 */
export class PayloadReader {
  readonly #domains: DomainIdentities;
  #numbers: Float64Array = new Float64Array();
  #strings: readonly (string | null)[] = [];
  #number = 0;
  #string = 0;

  /** When the event reached this process: milliseconds since 1970. */
  time = 0;

  /** @param domains The domains that the payloads name by an index. */
  constructor(domains: DomainIdentities) {
    this.#domains = domains;
  }

  /** Starts on another slice of events. */
  reset(numbers: Float64Array, strings: readonly (string | null)[]): void {
    this.#numbers = numbers;
    this.#strings = strings;
  }

  /** Goes to the payload that begins at these places in the numbers and strings. */
  seek(time: number, number: number, string: number): this {
    this.time = time;
    this.#number = number;
    this.#string = string;
    return this;
  }

  number(): number {
    return this.#numbers[this.#number++] as number;
  }

  text(): string {
    return this.#strings[this.#string++] ?? '';
  }

  textOrNull(): string | null {
    return this.#strings[this.#string++] ?? null;
  }

  domain(): EventDomain {
    const index = this.number();
    return this.#domains.at(index, this.number());
  }
}
