/** Names the type of each event. Its comment is that of the event's row in the event table, with the callback added. */
import type { EventOf } from './event-types.js';

export type { DomainLifecycleEvent } from './domain-lifecycle-table.js';
/** The guest rebooted; virConnectDomainEventGenericCallback. */
export type DomainRebootEvent = EventOf<'domain', 'reboot'>;
/** The guest set its clock; virConnectDomainEventRTCChangeCallback. */
export type DomainRtcChangeEvent = EventOf<'domain', 'rtc-change'>;
/** The guest's watchdog expired; virConnectDomainEventWatchdogCallback. */
export type DomainWatchdogEvent = EventOf<'domain', 'watchdog'>;
/** libvirt lost control of the domain's process; virConnectDomainEventGenericCallback. */
export type DomainControlErrorEvent = EventOf<'domain', 'control-error'>;
/** The guest woke up; virConnectDomainEventPMWakeupCallback. */
export type DomainPmWakeupEvent = EventOf<'domain', 'pm-wakeup'>;
/** The guest suspended itself to memory; virConnectDomainEventPMSuspendCallback. */
export type DomainPmSuspendEvent = EventOf<'domain', 'pm-suspend'>;
/** The guest's memory balloon changed; virConnectDomainEventBalloonChangeCallback. */
export type DomainBalloonChangeEvent = EventOf<'domain', 'balloon-change'>;
/** The guest suspended itself to disk; virConnectDomainEventPMSuspendDiskCallback. */
export type DomainPmSuspendDiskEvent = EventOf<'domain', 'pm-suspend-disk'>;
/** Limits of the domain were changed; virConnectDomainEventTunableCallback. */
export type DomainTunableEvent = EventOf<'domain', 'tunable'>;
/** The guest agent connected or disconnected; virConnectDomainEventAgentLifecycleCallback. */
export type DomainAgentLifecycleEvent = EventOf<'domain', 'agent-lifecycle'>;
/** A live migration began another pass; virConnectDomainEventMigrationIterationCallback. */
export type DomainMigrationIterationEvent = EventOf<'domain', 'migration-iteration'>;
/** A job such as a migration, save or dump ended; virConnectDomainEventJobCompletedCallback. */
export type DomainJobCompletedEvent = EventOf<'domain', 'job-completed'>;
/** A domain's metadata was changed; virConnectDomainEventMetadataChangeCallback. */
export type DomainMetadataChangeEvent = EventOf<'domain', 'metadata-change'>;
/** Memory of the host that the domain uses failed; virConnectDomainEventMemoryFailureCallback. */
export type DomainMemoryFailureEvent = EventOf<'domain', 'memory-failure'>;
/** A virtual CPU was unplugged; virConnectDomainEventVcpuRemovedCallback. */
export type DomainVcpuRemovedEvent = EventOf<'domain', 'vcpu-removed'>;
/** The guest opened or closed a virtio channel; virConnectDomainEventChannelLifecycleCallback. */
export type DomainChannelLifecycleEvent = EventOf<'domain', 'channel-lifecycle'>;
/** Reading or writing a disk failed; virConnectDomainEventIOErrorCallback. */
export type DomainIoErrorEvent = EventOf<'domain', 'io-error'>;
/** A graphics client connected, completed its handshake, or disconnected; virConnectDomainEventGraphicsCallback. */
export type DomainGraphicsEvent = EventOf<'domain', 'graphics'>;
/** Reading or writing a disk failed; virConnectDomainEventIOErrorReasonCallback. The event has the reason. */
export type DomainIoErrorReasonEvent = EventOf<'domain', 'io-error-reason'>;
/** A block job is ready or has ended; virConnectDomainEventBlockJobCallback. Prefer `'block-job-2'`. */
export type DomainBlockJobEvent = EventOf<'domain', 'block-job'>;
/** The file of a disk was missing when the domain started; virConnectDomainEventDiskChangeCallback. */
export type DomainDiskChangeEvent = EventOf<'domain', 'disk-change'>;
/** A tray was opened or closed; virConnectDomainEventTrayChangeCallback. */
export type DomainTrayChangeEvent = EventOf<'domain', 'tray-change'>;
/** A device was removed from the guest; virConnectDomainEventDeviceRemovedCallback. */
export type DomainDeviceRemovedEvent = EventOf<'domain', 'device-removed'>;
/** A block job is ready or has ended; virConnectDomainEventBlockJobCallback. */
export type DomainBlockJob2Event = EventOf<'domain', 'block-job-2'>;
/** A device was added; virConnectDomainEventDeviceAddedCallback. */
export type DomainDeviceAddedEvent = EventOf<'domain', 'device-added'>;
/** The guest refused to release a device; virConnectDomainEventDeviceRemovalFailedCallback. */
export type DomainDeviceRemovalFailedEvent = EventOf<'domain', 'device-removal-failed'>;
/** A disk was written beyond its threshold; virConnectDomainEventBlockThresholdCallback. */
export type DomainBlockThresholdEvent = EventOf<'domain', 'block-threshold'>;
/** A virtio-mem device grew or shrank; virConnectDomainEventMemoryDeviceSizeChangeCallback. */
export type DomainMemoryDeviceSizeChangeEvent = EventOf<'domain', 'memory-device-size-change'>;
/** The guest changed the MAC address of a network card; virConnectDomainEventNICMACChangeCallback. */
export type DomainNicMacChangeEvent = EventOf<'domain', 'nic-mac-change'>;
/** A network was defined, started, stopped …; virConnectNetworkEventLifecycleCallback. */
export type NetworkLifecycleEvent = EventOf<'network', 'lifecycle'>;
/** A network's metadata was changed; virConnectNetworkEventMetadataChangeCallback. */
export type NetworkMetadataChangeEvent = EventOf<'network', 'metadata-change'>;
/** A storage pool was defined, started, built …; virConnectStoragePoolEventLifecycleCallback. */
export type StoragePoolLifecycleEvent = EventOf<'storage-pool', 'lifecycle'>;
/** A storage pool's list of volumes was read again; virConnectStoragePoolEventGenericCallback. */
export type StoragePoolRefreshEvent = EventOf<'storage-pool', 'refresh'>;
/** A device of the host was created, deleted, defined …; virConnectNodeDeviceEventLifecycleCallback. */
export type NodeDeviceLifecycleEvent = EventOf<'node-device', 'lifecycle'>;
/** A device of the host changed; virConnectNodeDeviceEventGenericCallback. */
export type NodeDeviceUpdateEvent = EventOf<'node-device', 'update'>;
/** A secret was defined or undefined; virConnectSecretEventLifecycleCallback. */
export type SecretLifecycleEvent = EventOf<'secret', 'lifecycle'>;
/** A secret's value changed; virConnectSecretEventGenericCallback. The event doesn't contain the value. */
export type SecretValueChangedEvent = EventOf<'secret', 'value-changed'>;
/** QEMU's monitor sent an event; virConnectDomainQemuMonitorEventCallback. */
export type QemuMonitorEvent = EventOf<'qemu-monitor', 'event'>;
