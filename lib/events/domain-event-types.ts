import type {
  DomainBlockJob2Event,
  DomainBlockJobEvent,
  DomainBlockThresholdEvent,
  DomainDeviceAddedEvent,
  DomainDeviceRemovalFailedEvent,
  DomainDeviceRemovedEvent,
  DomainDiskChangeEvent,
  DomainGraphicsEvent,
  DomainIoErrorEvent,
  DomainIoErrorReasonEvent,
  DomainMemoryDeviceSizeChangeEvent,
  DomainNicMacChangeEvent,
  DomainTrayChangeEvent,
} from './domain-device-event-types.js';
import type {
  DomainAgentLifecycleEvent,
  DomainBalloonChangeEvent,
  DomainChannelLifecycleEvent,
  DomainControlErrorEvent,
  DomainJobCompletedEvent,
  DomainLifecycleEvent,
  DomainMemoryFailureEvent,
  DomainMetadataChangeEvent,
  DomainMigrationIterationEvent,
  DomainPmSuspendDiskEvent,
  DomainPmSuspendEvent,
  DomainPmWakeupEvent,
  DomainRebootEvent,
  DomainRtcChangeEvent,
  DomainTunableEvent,
  DomainVcpuRemovedEvent,
  DomainWatchdogEvent,
} from './domain-guest-event-types.js';

/** The payload of each type of event about what a guest and its host do. */
export interface DomainGuestEventMap {
  lifecycle: DomainLifecycleEvent;
  reboot: DomainRebootEvent;
  'rtc-change': DomainRtcChangeEvent;
  watchdog: DomainWatchdogEvent;
  'control-error': DomainControlErrorEvent;
  'pm-wakeup': DomainPmWakeupEvent;
  'pm-suspend': DomainPmSuspendEvent;
  'balloon-change': DomainBalloonChangeEvent;
  'pm-suspend-disk': DomainPmSuspendDiskEvent;
  tunable: DomainTunableEvent;
  'agent-lifecycle': DomainAgentLifecycleEvent;
  'migration-iteration': DomainMigrationIterationEvent;
  'job-completed': DomainJobCompletedEvent;
  'metadata-change': DomainMetadataChangeEvent;
  'memory-failure': DomainMemoryFailureEvent;
  /** Since libvirt 12.4.0. */
  'vcpu-removed': DomainVcpuRemovedEvent;
  /** Since libvirt 12.4.0. */
  'channel-lifecycle': DomainChannelLifecycleEvent;
}

/** The payload of each type of event about a guest's devices. */
export interface DomainDeviceEventMap {
  'io-error': DomainIoErrorEvent;
  graphics: DomainGraphicsEvent;
  'io-error-reason': DomainIoErrorReasonEvent;
  'block-job': DomainBlockJobEvent;
  'disk-change': DomainDiskChangeEvent;
  'tray-change': DomainTrayChangeEvent;
  'device-removed': DomainDeviceRemovedEvent;
  'block-job-2': DomainBlockJob2Event;
  'device-added': DomainDeviceAddedEvent;
  'device-removal-failed': DomainDeviceRemovalFailedEvent;
  'block-threshold': DomainBlockThresholdEvent;
  'memory-device-size-change': DomainMemoryDeviceSizeChangeEvent;
  /** Since libvirt 11.2.0. */
  'nic-mac-change': DomainNicMacChangeEvent;
}

/** The payload of each type of domain event. */
export interface DomainEventMap extends DomainGuestEventMap, DomainDeviceEventMap {}

/** The name of a type of domain event, as `virsh event --list` has it. */
export type DomainEventType = keyof DomainEventMap;

/** Any domain event; `type` tells which. */
export type DomainEvent = DomainEventMap[DomainEventType];
