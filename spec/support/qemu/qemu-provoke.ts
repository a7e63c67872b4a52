import { blockProvocations } from './provoke-block.js';
import { deviceProvocations } from './provoke-devices.js';
import { hasEvent } from '../installed/installed-libvirt.js';
import { guestProvocations } from './provoke-guest.js';
import { lifecycleProvocations } from './provoke-lifecycle.js';
import type { Provocation } from './provocation.js';

/** Every way in which an event that the installed libvirt has can be had about a domain of one QEMU host. */
export const domainProvocations: readonly Provocation[] = [
  ...lifecycleProvocations,
  ...guestProvocations,
  ...deviceProvocations,
  ...blockProvocations,
].filter(({ type }) => hasEvent('domain', type));

/** The event types that no provocation brings about, and why. */
export const unprovokedDomainEvents: Readonly<Record<string, string>> = {
  'memory-device-size-change':
    'only a driver of virtio-mem in the guest changes how much of the device is plugged',
};
