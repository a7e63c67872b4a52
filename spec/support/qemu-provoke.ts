import { blockProvocations } from './provoke-block.js';
import { deviceProvocations } from './provoke-devices.js';
import { guestProvocations } from './provoke-guest.js';
import { lifecycleProvocations } from './provoke-lifecycle.js';
import type { Provocation } from './provocation.js';

/** Every way in which an event about a domain can be had on one QEMU host. */
export const domainProvocations: readonly Provocation[] = [
  ...lifecycleProvocations,
  ...guestProvocations,
  ...deviceProvocations,
  ...blockProvocations,
];

/** The event types, of those that libvirt 9.0.0 knows, that no provocation brings about, and why. */
export const unprovokedDomainEvents: Readonly<Record<string, string>> = {
  'memory-device-size-change':
    'only a driver of virtio-mem in the guest changes how much of the device is plugged',
};
