import { eventShape, type EventFamily, type EventType } from './messages/events.js';
import { libvirtErrors, type LibvirtErrorFields } from './messages/error.js';
import type { ProcedureName } from './protocol.js';

/** Replies that are held back until `release()`. Calls after `release()` are answered as usual. */
export interface HeldReplies {
  /** How many replies wait. */
  readonly waiting: number;
  release(): void;
}

export interface CancellableFault {
  cancel(): void;
}

/** Faults on purpose, for all clients. The faults of one client's stream are methods of its ClientSession. */
export class Faults {
  readonly #failures = new Map<ProcedureName, { readonly error: LibvirtErrorFields; left: number }>();
  readonly #held = new Map<ProcedureName, (() => void)[]>();
  readonly #refusals = new Map<string, LibvirtErrorFields>();

  constructor(private readonly changed: () => void) {}

  /** Answers the next `times` calls of `procedure` with `error`. By default, all of them. */
  fail(procedure: ProcedureName, error: LibvirtErrorFields, { times = Infinity } = {}): CancellableFault {
    this.#failures.set(procedure, { error, left: times });
    return { cancel: () => void this.#failures.delete(procedure) };
  }

  /** Refuses registrations for one event, like a daemon that is older than the event. */
  refuseEvent<F extends EventFamily>(
    family: F,
    type: EventType<F>,
    error: LibvirtErrorFields = libvirtErrors.unsupportedEvent(eventShape(family, type).eventId),
  ): CancellableFault {
    const key = `${family} ${eventShape(family, type).eventId}`;
    this.#refusals.set(key, error);
    return { cancel: () => void this.#refusals.delete(key) };
  }

  /** Carries out calls of `procedure`, but keeps the replies. */
  hold(procedure: ProcedureName): HeldReplies {
    const replies = this.#held.get(procedure) ?? [];
    this.#held.set(procedure, replies);
    return {
      get waiting() {
        return replies.length;
      },
      release: () => this.release(procedure),
    };
  }

  /** Sends the replies that were held for that procedure, and holds no more. */
  release(procedure: ProcedureName): void {
    const replies = this.#held.get(procedure);
    this.#held.delete(procedure);
    for (const send of replies?.splice(0) ?? []) send();
  }

  /** The error with which this call must be answered, or undefined. Counts the call. */
  failureFor(procedure: ProcedureName): LibvirtErrorFields | undefined {
    const failure = this.#failures.get(procedure);
    if (failure === undefined) return undefined;
    failure.left -= 1;
    if (failure.left <= 0) this.#failures.delete(procedure);
    return failure.error;
  }

  refusalFor(family: EventFamily, eventId: number): LibvirtErrorFields | undefined {
    return this.#refusals.get(`${family} ${eventId}`);
  }

  /** Sends the reply now, or when its procedure is released. */
  pass(procedure: ProcedureName, send: () => void): void {
    const held = this.#held.get(procedure);
    if (held === undefined) {
      send();
    } else {
      held.push(send);
      this.changed();
    }
  }
}
