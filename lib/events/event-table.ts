import { domainDeviceEvents } from './domain-device-event-table.js';
import { domainGuestEvents } from './domain-guest-event-table.js';
import { domainLifecycle } from './domain-lifecycle-table.js';
import {
  networkEvents,
  nodeDeviceEvents,
  qemuMonitorEvents,
  secretEvents,
  storagePoolEvents,
} from './object-event-table.js';

/**
 * Names the types of the rows. If these types were inferred, the declarations that users' editors read would lack the
 * comments of the rows.
 */
export interface EventTable {
  domain: typeof domainLifecycle & typeof domainGuestEvents & typeof domainDeviceEvents;
  network: typeof networkEvents;
  'storage-pool': typeof storagePoolEvents;
  'node-device': typeof nodeDeviceEvents;
  secret: typeof secretEvents;
  'qemu-monitor': typeof qemuMonitorEvents;
}

/** Every kind of event that libvirt has a callback for, by its category. */
export const eventTable: EventTable = {
  domain: { ...domainLifecycle, ...domainGuestEvents, ...domainDeviceEvents },
  network: networkEvents,
  'storage-pool': storagePoolEvents,
  'node-device': nodeDeviceEvents,
  secret: secretEvents,
  'qemu-monitor': qemuMonitorEvents,
};

/** The categories with rows. `connection` has none: libvirt reports the end of a connection by its close callback. */
export type RegisteredCategory = keyof EventTable;
