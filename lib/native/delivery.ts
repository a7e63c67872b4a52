import { performance } from 'node:perf_hooks';
import { reportUnhandled } from '../errors/report-unhandled.js';
import type { EventSlice } from './addon.js';
import { DomainIdentities } from './domain-identities.js';
import { PayloadReader } from './payload-reader.js';

/** Who receives what a queue has. */
interface Receivers {
  /** The receivers of each registration's events, by the registration's token. */
  readonly events: ReadonlyMap<number, (payload: PayloadReader) => void>;
  /** The receivers of the number of events that were lost, by the queue. */
  readonly losses: ReadonlyMap<number, (lost: number) => void>;
  /** What is called while the connection of a queue is behind, by the queue. */
  readonly behind: ReadonlyMap<number, () => void>;
}

const queues = new Map<number, QueueDelivery>();

/**
 * Delivers events of one connection's queue while the budget lasts, but at least one event.
 * @param slice The next events; null to continue with those that are left of the last slice.
 * @returns How many events are left.
 */
export function deliverEvents(
  receivers: Receivers,
  queue: number,
  slice: EventSlice | null,
  budgetMs: number,
): number {
  let delivery = queues.get(queue);
  if (slice !== null) {
    if (delivery === undefined) queues.set(queue, (delivery = new QueueDelivery()));
    delivery.take(slice);
    const lost = slice.head[3] as number;
    if (lost > 0) tellLoss(receivers, queue, lost);
    if (slice.head[4] === 1) receivers.behind.get(queue)?.();
  }
  return delivery?.deliver(receivers, budgetMs) ?? 0;
}

function tellLoss({ losses }: Receivers, queue: number, lost: number): void {
  try {
    losses.get(queue)?.(lost);
  } catch (error) {
    reportUnhandled(error);
  }
}

/** Drops what is left of a queue that was closed. */
export function forgetQueue(queue: number): void {
  queues.delete(queue);
}

// A look at the clock costs as much as a small subscriber. So there is only one look for up to this many
// events, as long as they take less time than `quickMs`.
const maxUncheckedEvents = 32;
const quickMs = 0.1;

const none = new Float64Array();

/** One connection's current slice of events, and how many of them are delivered. */
class QueueDelivery {
  readonly #domains = new DomainIdentities();
  readonly #payload = new PayloadReader(this.#domains);
  #numbers: Float64Array = none;
  #strings: readonly (string | null)[] = [];
  #length = 0;
  /** Whether `#numbers` is the addon's own array, which it uses again for the next slice of any queue. */
  #isBorrowed = false;
  #left = 0;
  #number = 0;
  #string = 0;

  take({ head, numbers, strings, identities }: EventSlice): void {
    this.#domains.learn(identities, head[2] === 1);
    this.#numbers = numbers;
    this.#isBorrowed = true;
    this.#length = head[1] as number;
    this.#strings = strings;
    this.#left = head[0] as number;
    this.#number = this.#string = 0;
  }

  // Each event is four numbers (token, time, how many numbers and how many strings follow) and its payload.
  // With the counts an event can be skipped if its receiver has left meanwhile.
  deliver({ events }: Receivers, budgetMs: number): number {
    const numbers = this.#numbers;
    const payload = this.#payload;
    payload.reset(numbers, this.#strings);
    let left = this.#left;
    let number = this.#number;
    let string = this.#string;
    let lookedMs = performance.now();
    const untilMs = lookedMs + budgetMs;
    let stride = 1;
    let unchecked = 0;
    while (left > 0) {
      const receive = events.get(numbers[number] as number);
      if (receive !== undefined) {
        try {
          receive(payload.seek(numbers[number + 1] as number, number + 4, string));
        } catch (error) {
          reportUnhandled(error);
        }
      }
      left--;
      string += numbers[number + 3] as number;
      number += 4 + (numbers[number + 2] as number);
      if (++unchecked < stride) continue;
      const nowMs = performance.now();
      if (nowMs >= untilMs) break;
      stride = nowMs - lookedMs < quickMs ? Math.min(2 * stride, maxUncheckedEvents) : 1;
      unchecked = 0;
      lookedMs = nowMs;
    }
    this.#left = left;
    this.#number = number;
    this.#string = string;
    this.#keepRest();
    return left;
  }

  #keepRest(): void {
    if (this.#left === 0) {
      this.#numbers = none;
      this.#strings = [];
    } else if (this.#isBorrowed) {
      this.#numbers = this.#numbers.slice(this.#number, this.#length);
      this.#number = 0;
      this.#isBorrowed = false;
    }
  }
}
