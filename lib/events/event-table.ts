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
 * The types of the rows by name. Were they inferred, the declarations that users' editors read would lack the rows'
 * comments.
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

/** The categories whose events are registered for; how a connection ends is told by another callback. */
export type RegisteredCategory = keyof EventTable;
