import { blockProvocations } from './provoke-block.js';
import { deviceProvocations } from './provoke-devices.js';
import { hasEvent } from '../installed/installed-libvirt.js';
import { guestProvocations } from './provoke-guest.js';
import { lifecycleProvocations } from './provoke-lifecycle.js';
import type { Provocation } from './provocation.js';

/** All provocations of domain events on one QEMU host, for the events that the installed libvirt has. */
export const domainProvocations: readonly Provocation[] = [
  ...lifecycleProvocations,
  ...guestProvocations,
  ...deviceProvocations,
  ...blockProvocations,
].filter(({ type }) => hasEvent('domain', type));

/** The event types that no provocation causes, and the reasons. */
export const unprovokedDomainEvents: Readonly<Record<string, string>> = {
  'memory-device-size-change':
    'only a driver of virtio-mem in the guest changes how much of the device is plugged',
};
