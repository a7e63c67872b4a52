import { eventObject, type EventFamily } from './messages/events.js';

/** One callback that a client has registered and not yet deregistered. */
export interface Registration {
  /** Unique in the whole daemon, so it identifies the client too. */
  readonly callbackId: number;
  readonly clientId: number;
  readonly family: EventFamily;
  readonly eventId: number;
  readonly type: string;
  /** Only events of this object are wanted: its UUID, or a node device's name. */
  readonly object?: string | undefined;
  /** Only QEMU monitor events whose names pass are wanted. */
  readonly wantsMonitorEvent?: ((name: string) => boolean) | undefined;
}

export class Registrations {
  readonly #all = new Map<number, Registration>();
  #lastCallbackId = 0;

  get all(): readonly Registration[] {
    return [...this.#all.values()];
  }

  get(callbackId: number): Registration | undefined {
    return this.#all.get(callbackId);
  }

  add(wanted: Omit<Registration, 'callbackId'>): Registration {
    this.#lastCallbackId += 1;
    const registration = { ...wanted, callbackId: this.#lastCallbackId };
    this.#all.set(registration.callbackId, registration);
    return registration;
  }

  remove(callbackId: number): boolean {
    return this.#all.delete(callbackId);
  }

  removeClient(clientId: number): void {
    for (const { callbackId } of this.all.filter((each) => each.clientId === clientId))
      this.remove(callbackId);
  }

  of(family: EventFamily, type: string): readonly Registration[] {
    return this.all.filter((each) => each.family === family && each.type === type);
  }

  /** The registrations that get an event, according to their filters. */
  matching(family: EventFamily, type: string, fields: object): readonly Registration[] {
    const object = eventObject(fields);
    const monitorEvent = 'event' in fields ? String(fields.event) : '';
    return this.of(family, type).filter(
      (each) =>
        (each.object === undefined || each.object === object) &&
        (each.wantsMonitorEvent?.(monitorEvent) ?? true),
    );
  }
}
