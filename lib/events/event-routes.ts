import { native, type Addon, type EventSlice } from '../native.js';
import { learnDomains } from './domain-identity.js';
import { PayloadReader } from './payload-reader.js';

const routes = new Map<number, (payload: PayloadReader) => void>();
const payload = new PayloadReader();
let lastToken = 0;

let addon: Addon | undefined;

/** The addon, which from then on delivers events to {@link addRoute}'s receivers. */
export function eventAddon(): Addon {
  if (addon === undefined) {
    addon = native();
    addon.hooks.onEvents = deliver;
  }
  return addon;
}

/** Delivers what libvirt sends for the returned token; call {@link removeRoute} when done. */
export function addRoute(receive: (payload: PayloadReader) => void): number {
  const token = ++lastToken;
  routes.set(token, receive);
  return token;
}

/** Nothing more is delivered for the token, also of what has arrived already. */
export function removeRoute(token: number): void {
  routes.delete(token);
}

// Each event is four numbers (token, time, how many numbers and how many strings follow) and its payload.
// The counts let an event be skipped whose receiver has left meanwhile.
function deliver({ count, numbers, strings, identities, resetsIdentities }: EventSlice): void {
  learnDomains(identities, resetsIdentities);
  let number = 0;
  let string = 0;
  for (let i = 0; i < count; i++) {
    const receive = routes.get(numbers[number] as number);
    const start = number + 4;
    if (receive !== undefined) {
      payload.reset(numbers, strings);
      payload.time = numbers[number + 1] as number;
      payload.seek(start, string);
      receive(payload);
    }
    string += numbers[number + 3] as number;
    number = start + (numbers[number + 2] as number);
  }
}
