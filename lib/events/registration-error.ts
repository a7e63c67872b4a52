import { LibvirtError, UnsupportedEventError, withAttempt } from '../errors.js';
import type { RegisteredCategory } from './event-table.js';
import { families } from './families.js';
import type { EventKind } from './kind.js';

/**
 * The error that subscribers get when libvirt refuses to register for a kind of event.
 * @param ofObject The object whose events were wanted, in words; empty for all objects.
 * @param where The URI of the connection, as messages show it.
 */
export function registrationError(
  { category, type }: EventKind<unknown>,
  ofObject: string,
  where: string,
  error: unknown,
): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const what = `${category} events '${type}'`;
  const absence = absenceOf(error, category);
  if (absence === undefined) return withAttempt(`${what}${ofObject} can't be received on ${where}`, error);
  const { how, cure } = ways[absence];
  const message = `${what}${ofObject} ${how} on ${where}: ${error.message}${cure}`;
  return new UnsupportedEventError(category, type, message, {
    cause: error,
    mayPass: absence !== 'for good',
  });
}

/** How long the events are not available. */
type Absence = 'for good' | 'until their daemon runs' | 'on this connection';

const ways: Readonly<Record<Absence, { readonly how: string; readonly cure: string }>> = {
  'for good': { how: 'are not supported', cure: '' },
  'until their daemon runs': {
    how: 'are not available now',
    cure: '; start their daemon and subscribe again',
  },
  'on this connection': {
    how: 'are not available now',
    cure: '; open a new connection, which may have them',
  },
};

/** How long the events are not available; undefined when libvirt failed for another reason. */
function absenceOf({ code, call, message }: LibvirtError, category: RegisteredCategory): Absence | undefined {
  // The driver has no such events, or the libvirt in this process is too old, or the host has no libvirt-qemu.
  if (code === 'VIR_ERR_NO_SUPPORT') return 'for good';
  const isOfOtherDaemon = families[category].mayBeElsewhere;
  // For a filter, its object is looked up first, and the other daemon does that.
  if (!call.includes('EventRegister') && !(isOfOtherDaemon && call.includes('Lookup'))) return undefined;
  switch (code) {
    // The daemon doesn't know the procedure.
    case 'VIR_ERR_RPC':
      return 'for good';
    // The client library doesn't know the id of the event. An invalid pattern for monitor events has the same code.
    case 'VIR_ERR_INVALID_ARG':
      return category === 'qemu-monitor' || call.includes('Lookup') ? undefined : 'for good';
    // Either the daemon doesn't know the id: "unsupported network event ID 1". Or its connection to the other daemon
    // was lost: "client socket is closed". libvirt doesn't connect to the other daemon again. Only the message
    // distinguishes the two cases. If the daemon's language isn't English, both count as a lost connection, and
    // supportedEvents() asks again.
    case 'VIR_ERR_INTERNAL_ERROR':
      return isOfOtherDaemon && !message.includes('event ID') ? 'on this connection' : 'for good';
    // The other daemon is not installed, or doesn't run.
    case 'VIR_ERR_SYSTEM_ERROR':
    case 'VIR_ERR_NO_CONNECT':
    case 'VIR_ERR_OPEN_FAILED':
      return isOfOtherDaemon ? 'until their daemon runs' : undefined;
    default:
      return undefined;
  }
}
