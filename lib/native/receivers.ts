import type { Observer } from 'rxjs';
import type { PayloadReader } from './payload-reader.js';

/**
 * What libvirt wants of the event loop; see `lib/loop/registration.ts`. An add that answers false is refused; a removal
 * that does leaves its free to the addon.
 */
export interface LoopReceiver {
  addHandle(id: number, fd: number, mask: number): boolean;
  updateHandle(id: number, mask: number): void;
  removeHandle(id: number): boolean;
  addTimeout(id: number, frequencyMs: number): boolean;
  updateTimeout(id: number, frequencyMs: number): void;
  removeTimeout(id: number): boolean;
  /** Removes all that it was told of, as another loop has it from now on. */
  removeAll(): void;
}

/**
 * Who gets what the addon brings. Whoever asks the addon for something puts its receiver here, and takes it away again;
 * what comes for nobody is dropped.
 */
export const receivers = {
  /** Of the mask that a watch of the poller is ready for, by its token. */
  ready: new Map<number, Pick<Observer<number>, 'next'>>(),
  /** Callbacks of `event.addHandle` and `event.addTimeout`, by the id of their watch or timeout. */
  handles: new Map<number, (watch: number, fd: number, events: number) => void>(),
  timeouts: new Map<number, (timer: number) => void>(),
  /** Of libvirt's events, by the token of their registration. */
  events: new Map<number, (payload: PayloadReader) => void>(),
  /** While this copy of the library has the event loop. */
  loop: undefined as LoopReceiver | undefined,
  /** Nobody has the event loop any more: its thread has ended or given it up. There are connections here that need one. */
  onLoopFree: (): void => undefined,
  /** Another thread opens a connection, and this one has none, but the event loop. */
  onLoopWanted: (): void => undefined,
};

let lastToken = 0;

/** Delivers what libvirt sends for the returned token; call {@link removeRoute} when done. */
export function addRoute(receive: (payload: PayloadReader) => void): number {
  const token = ++lastToken;
  receivers.events.set(token, receive);
  return token;
}

/** Stops delivery for the token, including of events already queued. */
export function removeRoute(token: number): void {
  receivers.events.delete(token);
}
