import type { Observer } from 'rxjs';
import type { AskedCredential } from './addon.js';
import type { PayloadReader } from './payload-reader.js';

/**
 * Receives what libvirt wants from the event loop; see `lib/loop/registration.ts`. An add returns false when
 * the loop refuses. A removal returns false when the addon has to run the free callback itself.
 */
export interface LoopReceiver {
  addHandle(id: number, fd: number, mask: number): boolean;
  updateHandle(id: number, mask: number): void;
  removeHandle(id: number): boolean;
  addTimeout(id: number, frequencyMs: number): boolean;
  updateTimeout(id: number, frequencyMs: number): void;
  removeTimeout(id: number): boolean;
  /** Removes all handles and timeouts, because another loop serves them from now on. */
  removeAll(): void;
}

/**
 * The receivers of everything that the addon brings. Code that asks the addon for something adds its receiver
 * here, and removes it again. What has no receiver is dropped.
 */
export const receivers = {
  /** Receivers of the mask that a watch of the poller is ready for, by the token of the watch. */
  ready: new Map<number, Pick<Observer<number>, 'next'>>(),
  /** Callbacks of `event.addHandle` and `event.addTimeout`, by the id of their watch or timeout. */
  handles: new Map<number, (watch: number, fd: number, events: number) => void>(),
  timeouts: new Map<number, (timer: number) => void>(),
  /** Receivers of libvirt's events, by the token of their registration. */
  events: new Map<number, (payload: PayloadReader) => void>(),
  /**
   * Receivers of the number of events that were lost because there was no memory, by the token of their
   * connection. They are called where the events are missing, between those before and those after.
   */
  losses: new Map<number, (lost: number) => void>(),
  /** Called with each slice of events of a connection that is behind, by the token of the connection. */
  behind: new Map<number, () => void>(),
  /** Called when libvirt asks for credentials to open a connection, by the token of the connection. */
  auth: new Map<number, (credentials: readonly AskedCredential[]) => void>(),
  /** Set while this copy of the library has the event loop. */
  loop: undefined as LoopReceiver | undefined,
  /**
   * Called when no thread has the event loop any more, because its thread has ended or given it up. This
   * thread has connections, which need a loop.
   */
  onLoopFree: (): void => undefined,
  /** Called when another thread opens a connection. This thread has the event loop but no connection. */
  onLoopWanted: (): void => undefined,
};

let lastToken = 0;

/** Adds a receiver of libvirt's events, and returns its token. Call {@link removeRoute} when done. */
export function addRoute(receive: (payload: PayloadReader) => void): number {
  const token = ++lastToken;
  receivers.events.set(token, receive);
  return token;
}

/** Adds a receiver of the losses of a connection, by the token of the connection. */
export function addLossRoute(token: number, receive: (lost: number) => void): void {
  receivers.losses.set(token, receive);
}

/** Adds what is called while a connection is behind, by the token of the connection; see `Addon.catchUp`. */
export function addBehindRoute(token: number, receive: () => void): void {
  receivers.behind.set(token, receive);
}

/** Stops delivery for the token, including of events already queued. */
export function removeRoute(token: number): void {
  receivers.events.delete(token);
  receivers.losses.delete(token);
  receivers.behind.delete(token);
  receivers.auth.delete(token);
}
