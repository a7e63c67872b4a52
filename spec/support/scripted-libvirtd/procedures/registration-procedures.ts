import { int, optional, string, uint, type Codec } from '../codec.js';
import { LibvirtFailure, libvirtErrors } from '../messages/error.js';
import { eventTypeOf, type EventFamily } from '../messages/events.js';
import { domain, network, nodeDevice, objectKey, secret, storagePool } from '../messages/objects.js';
import type { ProcedureName } from '../protocol.js';
import type { Registration } from '../registrations.js';
import { procedure, type Procedure, type ProcedureContext } from './procedure.js';

function register(
  context: ProcedureContext,
  wanted: Pick<Registration, 'family' | 'eventId' | 'object' | 'wantsMonitorEvent'>,
): Registration {
  const { family, eventId } = wanted;
  const refusal = context.faults.refusalFor(family, eventId);
  if (refusal) throw new LibvirtFailure(refusal);
  const type = eventTypeOf(family, eventId);
  if (type === undefined) throw new LibvirtFailure(libvirtErrors.unsupportedEvent(eventId));
  return context.registrations.add({ ...wanted, type, clientId: context.client.id });
}

/** The register procedure of those families whose arguments are an event id and an object that may be NULL. */
function registerAny<Out extends Parameters<typeof objectKey>[0]>(
  family: EventFamily,
  of: Codec<never, Out>,
): Procedure {
  return procedure(
    { eventId: int, object: optional(of) },
    { callbackId: int },
    ({ eventId, object }, context) =>
      register(context, { family, eventId, object: object === null ? undefined : objectKey(object) }),
  );
}

const deregister = procedure({ callbackId: int }, {}, ({ callbackId }, { registrations }) => {
  if (!registrations.remove(callbackId)) {
    throw new LibvirtFailure(libvirtErrors.noCallback(callbackId));
  }
  return {};
});

const monitorFlags = { regex: 1, ignoreCase: 2 };

function monitorFilter(event: string, flags: number): (name: string) => boolean {
  if (flags & monitorFlags.regex) {
    const pattern = new RegExp(event, flags & monitorFlags.ignoreCase ? 'i' : '');
    return (name) => pattern.test(name);
  }
  if (flags & monitorFlags.ignoreCase) return (name) => name.toLowerCase() === event.toLowerCase();
  return (name) => name === event;
}

const registerMonitorEvent = procedure(
  { domain: optional(domain), event: optional(string), flags: uint },
  { callbackId: int },
  ({ domain, event, flags }, context) =>
    register(context, {
      family: 'qemu-monitor',
      eventId: 0,
      object: domain === null ? undefined : objectKey(domain),
      wantsMonitorEvent: event === null ? undefined : monitorFilter(event, flags),
    }),
);

export const registrationProcedures = {
  'connect-domain-event-callback-register-any': registerAny('domain', domain),
  'connect-domain-event-callback-deregister-any': deregister,
  'connect-network-event-register-any': registerAny('network', network),
  'connect-network-event-deregister-any': deregister,
  'connect-storage-pool-event-register-any': registerAny('storage-pool', storagePool),
  'connect-storage-pool-event-deregister-any': deregister,
  'connect-node-device-event-register-any': registerAny('node-device', nodeDevice),
  'connect-node-device-event-deregister-any': deregister,
  'connect-secret-event-register-any': registerAny('secret', secret),
  'connect-secret-event-deregister-any': deregister,
  'qemu-connect-domain-monitor-event-register': registerMonitorEvent,
  'qemu-connect-domain-monitor-event-deregister': deregister,
  'connect-register-close-callback': procedure({}, {}, (_, context) => {
    register(context, { family: 'connection', eventId: 0 });
    return {};
  }),
  'connect-unregister-close-callback': procedure({}, {}, (_, { registrations, client }) => {
    for (const each of registrations.of('connection', 'closed')) {
      if (each.clientId === client.id) registrations.remove(each.callbackId);
    }
    return {};
  }),
} as const satisfies Partial<Record<ProcedureName, Procedure>>;
