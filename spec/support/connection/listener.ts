import type { Observable, Subscription } from 'rxjs';
import { ChangeSignal } from '../scripted-libvirtd/change-signal.js';

/** A subscriber that keeps all events that it gets. Specs can wait for its events. */
export class Listener<Event> implements Disposable {
  readonly events: Event[] = [];
  error: unknown;
  isComplete = false;
  isRegistered = false;
  /** Called for each event, after the event was added to {@link events}. */
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

  /** Subscribes, and resolves once libvirt has acknowledged the registration. */
  static async on<Event>(
    open: (options: { readonly onRegistered: () => void }) => Observable<Event>,
  ): Promise<Listener<Event>> {
    const listener = new Listener(open);
    await listener.registered();
    return listener;
  }

  /** Resolves once libvirt has acknowledged the registration. Rejects when libvirt refuses it. */
  async registered(): Promise<void> {
    await this.#until('a registration', () => this.isRegistered || this.error !== undefined);
    if (this.error !== undefined) throw this.error as Error;
  }

  /** Resolves with all events once there are at least `count`. */
  async heard(count: number): Promise<readonly Event[]> {
    await this.#until(`${count} events`, () => this.events.length >= count || this.error !== undefined);
    if (this.error !== undefined && this.events.length < count) throw this.error as Error;
    return this.events;
  }

  /**
   * Resolves with the index of the first event that satisfies a condition, at `from` or later. Waits for it if needed.
   */
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

  /** Resolves once all events together satisfy a condition. */
  async until(condition: (events: readonly Event[]) => boolean): Promise<void> {
    await this.#until('a state', () => condition(this.events) || this.error !== undefined);
    if (this.error !== undefined) throw this.error as Error;
  }

  /** Resolves with the one event that came since the last call. */
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

  [Symbol.dispose](): void {
    this.stop();
  }

  async #until(what: string, look: () => boolean): Promise<void> {
    await this.#signal.until(
      () => `${what}; heard ${this.events.length} events, error ${String(this.error)}`,
      () => look() || undefined,
    );
  }
}
