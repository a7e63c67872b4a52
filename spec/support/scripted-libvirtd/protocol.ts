/**
 * The numbers of libvirt's remote protocol: programs, kinds of packet, features, and the procedures that a
 * client calls. The numbers of the messages that carry events stand beside their layouts in `messages/`.
 */
export const programs = { remote: 0x20008086, qemu: 0x20008087, keepalive: 0x6b656570 } as const;
export const protocolVersion = 1;

export const packetTypes = { call: 0, reply: 1, message: 2 } as const;
export const packetStatuses = { ok: 0, error: 1 } as const;

export const keepaliveProcedures = { ping: 1, pong: 2 } as const;

/** The features that a daemon may report. When one is missing, the client behaves as with an older daemon. */
export const features = { keepalive: 10, eventCallbacks: 14, closeCallback: 15 } as const;

export const remoteProcedures = {
  'connect-open': 1,
  'connect-close': 2,
  'connect-get-type': 3,
  'connect-get-version': 4,
  'domain-create': 9,
  'domain-create-xml': 10,
  'domain-define-xml': 11,
  'domain-destroy': 12,
  'domain-get-xml-desc': 14,
  'domain-get-info': 16,
  'domain-get-os-type': 19,
  'domain-lookup-by-id': 22,
  'domain-lookup-by-name': 23,
  'domain-lookup-by-uuid': 24,
  'domain-reboot': 27,
  'domain-resume': 28,
  'domain-shutdown': 33,
  'domain-suspend': 34,
  'domain-undefine': 35,
  'network-get-autostart': 44,
  'network-lookup-by-name': 46,
  'network-lookup-by-uuid': 47,
  'connect-get-hostname': 59,
  'connect-supports-feature': 60,
  'auth-list': 66,
  'storage-pool-lookup-by-name': 84,
  'storage-pool-lookup-by-uuid': 85,
  'storage-pool-get-info': 87,
  'storage-pool-get-autostart': 89,
  'connect-get-uri': 110,
  'node-device-lookup-by-name': 113,
  'interface-lookup-by-name': 128,
  'secret-lookup-by-uuid': 141,
  'secret-lookup-by-usage': 147,
  'connect-is-secure': 149,
  'domain-is-active': 150,
  'domain-is-persistent': 151,
  'network-is-active': 152,
  'network-is-persistent': 153,
  'storage-pool-is-active': 154,
  'storage-pool-is-persistent': 155,
  'interface-is-active': 156,
  'connect-get-lib-version': 157,
  'nwfilter-lookup-by-name': 175,
  'nwfilter-lookup-by-uuid': 176,
  'domain-create-with-flags': 196,
  'domain-get-state': 212,
  'domain-undefine-flags': 231,
  'domain-destroy-flags': 234,
  'domain-shutdown-flags': 258,
  'connect-list-all-domains': 273,
  'connect-list-all-storage-pools': 281,
  'connect-list-all-networks': 283,
  'connect-list-all-interfaces': 284,
  'connect-list-all-node-devices': 285,
  'connect-list-all-nwfilters': 286,
  'connect-list-all-secrets': 287,
  'connect-network-event-register-any': 313,
  'connect-network-event-deregister-any': 314,
  'connect-domain-event-callback-register-any': 316,
  'connect-domain-event-callback-deregister-any': 317,
  'connect-get-all-domain-stats': 344,
  'connect-register-close-callback': 360,
  'connect-unregister-close-callback': 361,
  'connect-storage-pool-event-register-any': 368,
  'connect-storage-pool-event-deregister-any': 369,
  'connect-node-device-event-register-any': 374,
  'connect-node-device-event-deregister-any': 375,
  'connect-secret-event-register-any': 380,
  'connect-secret-event-deregister-any': 381,
  'node-device-is-persistent': 435,
  'node-device-is-active': 436,
} as const;

export const qemuProcedures = {
  'connect-domain-monitor-event-register': 4,
  'connect-domain-monitor-event-deregister': 5,
} as const;

export type RemoteProcedure = keyof typeof remoteProcedures;
export type QemuProcedure = `qemu-${keyof typeof qemuProcedures}`;
/** A procedure, by libvirt's name in lower case, or by its number if it has no name above. */
export type ProcedureName =
  RemoteProcedure | QemuProcedure | `procedure-${number}` | `qemu-procedure-${number}`;

const remoteNames = new Map(Object.entries(remoteProcedures).map(([name, number]) => [number, name]));
const qemuNames = new Map(Object.entries(qemuProcedures).map(([name, number]) => [number, `qemu-${name}`]));

export function procedureName(program: number, procedure: number): ProcedureName {
  const name =
    program === programs.qemu
      ? (qemuNames.get(procedure as never) ?? `qemu-procedure-${procedure}`)
      : (remoteNames.get(procedure as never) ?? `procedure-${procedure}`);
  return name as ProcedureName;
}
