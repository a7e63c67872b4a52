import { eventShape, type EventFamily, type EventType } from './messages/events.js';
import { libvirtErrors, type LibvirtErrorFields } from './messages/error.js';
import type { ProcedureName } from './protocol.js';

/** Replies held back until `release()`; calls that come after it are answered as usual. */
export interface HeldReplies {
  /** How many replies wait. */
  readonly waiting: number;
  release(): void;
}

export interface CancellableFault {
  cancel(): void;
}

/** What goes wrong on purpose, for all clients. Faults of one client's stream are on that client. */
export class Faults {
  readonly #failures = new Map<ProcedureName, { readonly error: LibvirtErrorFields; left: number }>();
  readonly #held = new Map<ProcedureName, (() => void)[]>();
  readonly #refusals = new Map<string, LibvirtErrorFields>();

  constructor(private readonly changed: () => void) {}

  /** Answers calls of `procedure` with `error`: as often as `times` says, by default always. */
  fail(procedure: ProcedureName, error: LibvirtErrorFields, { times = Infinity } = {}): CancellableFault {
    this.#failures.set(procedure, { error, left: times });
    return { cancel: () => void this.#failures.delete(procedure) };
  }

  /** Refuses registrations of one event, as a daemon that is older than the event does. */
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

  /** Sends what was held of that procedure, and holds nothing more. */
  release(procedure: ProcedureName): void {
    const replies = this.#held.get(procedure);
    this.#held.delete(procedure);
    for (const send of replies?.splice(0) ?? []) send();
  }

  /** The error that this call is to get, if any; counts it. */
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
