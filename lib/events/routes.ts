import { native, type Addon } from '../native.js';
import { deliverEvents } from './delivery.js';
import type { PayloadReader } from './payload-reader.js';

const routes = new Map<number, (payload: PayloadReader) => void>();
let lastToken = 0;

let addon: Addon | undefined;

/** The addon, which from then on delivers events to {@link addRoute}'s receivers. */
export function eventAddon(): Addon {
  if (addon === undefined) {
    addon = native();
    addon.hooks.onEvents = (queue, slice, budgetMs) => deliverEvents(routes, queue, slice, budgetMs);
  }
  return addon;
}

/** Delivers what libvirt sends for the returned token; call {@link removeRoute} when done. */
export function addRoute(receive: (payload: PayloadReader) => void): number {
  const token = ++lastToken;
  routes.set(token, receive);
  return token;
}

/** Stops delivery for the token, including of events already queued. */
export function removeRoute(token: number): void {
  routes.delete(token);
}
