import { LibvirtError, UnsupportedEventError, withAttempt } from '../errors.js';
import { EventFamily, type EventKind } from './event-kind.js';

/** Hosts may have a daemon of its own for each of these; the one that we are connected to asks it. */
const familiesOfOtherDaemons: readonly EventFamily[] = [
  EventFamily.network,
  EventFamily.storagePool,
  EventFamily.nodeDevice,
  EventFamily.secret,
];

/**
 * What to tell subscribers when libvirt refuses to register for a kind of event.
 * @param ofObject Whose events they are, in words; empty for all.
 * @param where The URI, for messages.
 */
export function registrationError(
  { family, category, type }: EventKind<unknown>,
  ofObject: string,
  where: string,
  error: unknown,
): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const what = `${category} events '${type}'`;
  const absence = absenceOf(error, family);
  if (absence === undefined) return withAttempt(`${what}${ofObject} can't be had on ${where}`, error);
  const mayPass = absence === 'now';
  const how = mayPass ? 'are not to be had now' : 'are not supported';
  const message = `${what} ${how} on ${where}: ${error.message}`;
  return new UnsupportedEventError(category, type, message, { cause: error, mayPass });
}

/** For how long the events are not there; undefined when libvirt failed for another reason. */
function absenceOf({ code, call }: LibvirtError, family: EventFamily): 'for good' | 'now' | undefined {
  // A driver without such events, this build of the addon, and a host without libvirt-qemu.
  if (code === 'VIR_ERR_NO_SUPPORT') return 'for good';
  if (!call.includes('EventRegister')) return undefined;
  const isOfOtherDaemon = familiesOfOtherDaemons.includes(family);
  switch (code) {
    // A daemon that doesn't know the procedure.
    case 'VIR_ERR_RPC':
      return 'for good';
    // An id that is unknown to the client library. An invalid pattern for monitor events is one too.
    case 'VIR_ERR_INVALID_ARG':
      return family === EventFamily.qemuMonitor ? undefined : 'for good';
    // A daemon that doesn't know the id, or one whose connection to the other daemon broke.
    case 'VIR_ERR_INTERNAL_ERROR':
      return isOfOtherDaemon ? 'now' : 'for good';
    // The other daemon is missing, or doesn't run.
    case 'VIR_ERR_SYSTEM_ERROR':
    case 'VIR_ERR_NO_CONNECT':
    case 'VIR_ERR_OPEN_FAILED':
      return isOfOtherDaemon ? 'now' : undefined;
    default:
      return undefined;
  }
}
