import { domainAt } from './domain-identity.js';
import type { EventDomain } from './event-object-types.js';

/** Reads one event's payload in the order in which the addon wrote it (addon/event_trampolines_*.cc). */
export class PayloadReader {
  #numbers: Float64Array = new Float64Array();
  #strings: readonly (string | null)[] = [];
  #number = 0;
  #string = 0;

  /** When the event reached this process: milliseconds since 1970. */
  time = 0;

  /** Starts on another slice of events. */
  reset(numbers: Float64Array, strings: readonly (string | null)[]): void {
    this.#numbers = numbers;
    this.#strings = strings;
  }

  seek(number: number, string: number): void {
    this.#number = number;
    this.#string = string;
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
    return domainAt(index, this.number());
  }
}
