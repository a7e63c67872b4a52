// Compiled, never run: what the compiler refuses in a row of the event table.
import { flag, number, numberOf, words } from '../../lib/events/fields.js';
import { event } from '../../lib/events/row.js';

const callback = 'virConnectDomainEventGenericCallback';
const action = words('virDomainEventWatchdogAction', ['none', 'pause']);
const named = { action, actionNumber: numberOf('action') };

export const rows = {
  right: event(0, callback, '1.0.0', { ...named, flags: number(), isBad: flag('flags', 1) }),
  // @ts-expect-error -- a word without its number
  wordAlone: event(0, callback, '1.0.0', { action }),
  // @ts-expect-error -- the number of another word
  numberOfNothing: event(0, callback, '1.0.0', { action, actionNumber: numberOf('reason') }),
  // @ts-expect-error -- called actionNumber
  misnamed: event(0, callback, '1.0.0', { ...named, its: numberOf('action') }),
  // @ts-expect-error -- no such field
  flagOfNothing: event(0, callback, '1.0.0', { flags: number(), isBad: flag('flag', 1) }),
  // @ts-expect-error -- no version
  sinceEver: event(0, callback, '1.0', {}),
  // @ts-expect-error -- no callback of libvirt's
  misspelt: event(0, 'virDomainEventGenericCallback', '1.0.0', {}),
};
