import { LibvirtError, UnsupportedEventError, withAttempt } from '../errors.js';
import type { RegisteredCategory } from './event-table.js';
import { families } from './families.js';
import type { EventKind } from './kind.js';

/**
 * What to tell subscribers when libvirt refuses to register for a kind of event.
 * @param ofObject Whose events they are, in words; empty for all.
 * @param where The URI, for messages.
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
  if (absence === undefined) return withAttempt(`${what}${ofObject} can't be had on ${where}`, error);
  const { how, cure } = ways[absence];
  const message = `${what}${ofObject} ${how} on ${where}: ${error.message}${cure}`;
  return new UnsupportedEventError(category, type, message, {
    cause: error,
    mayPass: absence !== 'for good',
  });
}

/** For how long the events are not there. */
type Absence = 'for good' | 'until their daemon runs' | 'on this connection';

const ways: Readonly<Record<Absence, { readonly how: string; readonly cure: string }>> = {
  'for good': { how: 'are not supported', cure: '' },
  'until their daemon runs': {
    how: 'are not to be had now',
    cure: '; start their daemon and subscribe again',
  },
  'on this connection': {
    how: 'are not to be had now',
    cure: '; open a new connection, which may have them',
  },
};

/** For how long the events are not there; undefined when libvirt failed for another reason. */
function absenceOf({ code, call, message }: LibvirtError, category: RegisteredCategory): Absence | undefined {
  // A driver without such events, a libvirt in this process that is too old, and a host without libvirt-qemu.
  if (code === 'VIR_ERR_NO_SUPPORT') return 'for good';
  const isOfOtherDaemon = families[category].mayBeElsewhere;
  // The object of a filter is looked up at the other daemon first.
  if (!call.includes('EventRegister') && !(isOfOtherDaemon && call.includes('Lookup'))) return undefined;
  switch (code) {
    // A daemon that doesn't know the procedure.
    case 'VIR_ERR_RPC':
      return 'for good';
    // An id that is unknown to the client library. An invalid pattern for monitor events is one too.
    case 'VIR_ERR_INVALID_ARG':
      return category === 'qemu-monitor' || call.includes('Lookup') ? undefined : 'for good';
    // A daemon that doesn't know the id: "unsupported network event ID 1". Or one that had a connection to the other
    // daemon and lost it: "client socket is closed". libvirt opens no other one. Only the message tells which; where
    // the daemon's language isn't English, the id counts as lost, and is asked for again.
    case 'VIR_ERR_INTERNAL_ERROR':
      return isOfOtherDaemon && !message.includes('event ID') ? 'on this connection' : 'for good';
    // The other daemon is missing, or doesn't run.
    case 'VIR_ERR_SYSTEM_ERROR':
    case 'VIR_ERR_NO_CONNECT':
    case 'VIR_ERR_OPEN_FAILED':
      return isOfOtherDaemon ? 'until their daemon runs' : undefined;
    default:
      return undefined;
  }
}
