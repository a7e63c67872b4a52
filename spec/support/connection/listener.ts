import type { Observable, Subscription } from 'rxjs';
import { ChangeSignal } from '../scripted-libvirtd/change-signal.js';

/** A subscriber that keeps what it hears, and can be waited for. */
export class Listener<Event> {
  readonly events: Event[] = [];
  error: unknown;
  isComplete = false;
  isRegistered = false;
  /** Called for each event, once it is kept. */
  onEvent: () => void = () => undefined;
  readonly #subscription: Subscription;
  readonly #signal = new ChangeSignal();

  constructor(open: (options: { readonly onRegistered: () => void }) => Observable<Event>) {
    const onRegistered = () => {
      this.isRegistered = true;
      this.#signal.notify();
    };
    this.#subscription = open({ onRegistered }).subscribe({
      next: (event) => {
        this.events.push(event);
        this.onEvent();
        this.#signal.notify();
      },
      error: (error: unknown) => {
        this.error = error;
        this.#signal.notify();
      },
      complete: () => {
        this.isComplete = true;
        this.#signal.notify();
      },
    });
  }

  /** Subscribes, and resolves once libvirt has acknowledged. */
  static async on<Event>(
    open: (options: { readonly onRegistered: () => void }) => Observable<Event>,
  ): Promise<Listener<Event>> {
    const listener = new Listener(open);
    await listener.registered();
    return listener;
  }

  /** Resolves once libvirt has acknowledged; rejects when it refuses. */
  async registered(): Promise<void> {
    await this.#until('a registration', () => this.isRegistered || this.error !== undefined);
    if (this.error !== undefined) throw this.error as Error;
  }

  /** Resolves with the events once there are so many. */
  async heard(count: number): Promise<readonly Event[]> {
    await this.#until(`${count} events`, () => this.events.length >= count || this.error !== undefined);
    if (this.error !== undefined && this.events.length < count) throw this.error as Error;
    return this.events;
  }

  /** Resolves with the index of the first event, past or to come, from a place on that a condition holds for. */
  async indexOf(condition: (event: Event) => boolean, from = 0): Promise<number> {
    const look = () => {
      const index = this.events.slice(from).findIndex(condition);
      return index === -1 ? undefined : from + index;
    };
    await this.#until('an event', () => look() !== undefined || this.error !== undefined);
    const found = look();
    if (found === undefined) throw this.error as Error;
    return found;
  }

  /** Resolves with the one event heard since the last call. */
  async heardOne(): Promise<Event> {
    await this.heard(1);
    return this.events.shift() as Event;
  }

  /** Resolves with the error that ended the stream. */
  async failed(): Promise<unknown> {
    await this.#until('an error', () => this.error !== undefined);
    return this.error;
  }

  async completed(): Promise<void> {
    await this.#until('completion', () => this.isComplete || this.error !== undefined);
    if (this.error !== undefined) throw this.error as Error;
  }

  stop(): void {
    this.#subscription.unsubscribe();
  }

  async #until(what: string, look: () => boolean): Promise<void> {
    await this.#signal.until(
      () => `${what}; heard ${this.events.length} events, error ${String(this.error)}`,
      () => look() || undefined,
    );
  }
}
