import type { ClientSession } from './client-session.js';
import { encodeEvent } from './messages/events.js';

export interface FloodOptions {
  /** Events per callback, the marker not counted. */
  readonly count: number;
  /** How many different domains the events are about. The domains take turns. */
  readonly distinctDomains?: number;
}

export interface FloodResult {
  /** How many events the kernel accepted, for all callbacks together, without the markers. */
  readonly sent: number;
  /** Whether all events and the marker were sent. False when a client left or deregistered before that. */
  readonly isComplete: boolean;
}

export const lifecycleEvents = { suspended: 3, resumed: 4, stopped: 5 } as const;
export const lifecycleDetails = { stoppedFailed: 5 } as const;

/** The name of the flood's domain with that index, from 0. */
export const floodDomainName = (index: number): string => `flood-${index}`;

const chunkBytes = 64 * 1024;
const eventAndDetailBytes = 8;
const idOffsetFromEnd = 12;

/**
 * Sends lifecycle events to one callback as fast as its client takes them. It waits whenever the socket is full. Event
 * number n, from 1, is about domain (n - 1) modulo `distinctDomains`, and n is also that domain's id in the event. Each
 * domain is suspended and resumed in turn. The marker comes after the last event: the first domain, with the id
 * `count + 1`, stopped with the detail failed.
 */
export async function flood(
  client: ClientSession,
  callbackId: number,
  { count, distinctDomains = 1 }: FloodOptions,
  isRegistered: () => boolean = () => true,
): Promise<FloodResult> {
  const templates = Array.from({ length: distinctDomains }, (_, index) => template(callbackId, index));
  const longest = Math.max(...templates.map(({ length }) => length));
  let sent = 0;
  while (sent < count) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let used = 0;
    let next = sent;
    for (; next < count && used + longest <= chunkBytes; next += 1) {
      const message = templates[next % distinctDomains] as Buffer;
      message.copy(chunk, used);
      used += message.length;
      chunk.writeInt32BE(next + 1, used - idOffsetFromEnd);
      const isSuspend = Math.floor(next / distinctDomains) % 2 === 0;
      const event = isSuspend ? lifecycleEvents.suspended : lifecycleEvents.resumed;
      chunk.writeInt32BE(event, used - eventAndDetailBytes);
    }
    // Like any daemon, this one sends nothing to a callback that was deregistered.
    if (!isRegistered() || !(await client.send(chunk.subarray(0, used)))) return { sent, isComplete: false };
    sent = next;
  }
  return { sent, isComplete: await client.send(marker(callbackId, count + 1)) };
}

function template(callbackId: number, index: number): Buffer {
  const fields = { domain: floodDomain(index, 0), event: lifecycleEvents.suspended, detail: 0 };
  return encodeEvent('domain', 'lifecycle', fields, callbackId);
}

function marker(callbackId: number, id: number): Buffer {
  const { stopped: event } = lifecycleEvents;
  const fields = { domain: floodDomain(0, id), event, detail: lifecycleDetails.stoppedFailed };
  return encodeEvent('domain', 'lifecycle', fields, callbackId);
}

function floodDomain(index: number, id: number) {
  const uuid = Buffer.alloc(16, 'f100d', 'hex');
  uuid.writeUInt32BE(index, 12);
  return { name: floodDomainName(index), uuid, id };
}
