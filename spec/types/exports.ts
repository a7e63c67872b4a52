// This file is compiled and never run. It shows that each event and each part of an error has a type with its own name.
import type * as rxvirt from '../../lib/index.js';
import type { Assert, Equal } from './equal.js';

type NamedDomainEvent =
  | rxvirt.DomainAgentLifecycleEvent
  | rxvirt.DomainBalloonChangeEvent
  | rxvirt.DomainBlockJob2Event
  | rxvirt.DomainBlockJobEvent
  | rxvirt.DomainBlockThresholdEvent
  | rxvirt.DomainChannelLifecycleEvent
  | rxvirt.DomainControlErrorEvent
  | rxvirt.DomainDeviceAddedEvent
  | rxvirt.DomainDeviceRemovalFailedEvent
  | rxvirt.DomainDeviceRemovedEvent
  | rxvirt.DomainDiskChangeEvent
  | rxvirt.DomainGraphicsEvent
  | rxvirt.DomainIoErrorEvent
  | rxvirt.DomainIoErrorReasonEvent
  | rxvirt.DomainJobCompletedEvent
  | rxvirt.DomainLifecycleEvent
  | rxvirt.DomainMemoryDeviceSizeChangeEvent
  | rxvirt.DomainMemoryFailureEvent
  | rxvirt.DomainMetadataChangeEvent
  | rxvirt.DomainMigrationIterationEvent
  | rxvirt.DomainNicMacChangeEvent
  | rxvirt.DomainPmSuspendDiskEvent
  | rxvirt.DomainPmSuspendEvent
  | rxvirt.DomainPmWakeupEvent
  | rxvirt.DomainRebootEvent
  | rxvirt.DomainRtcChangeEvent
  | rxvirt.DomainTrayChangeEvent
  | rxvirt.DomainTunableEvent
  | rxvirt.DomainVcpuRemovedEvent
  | rxvirt.DomainWatchdogEvent;
type NamedObjectEvent =
  | rxvirt.ConnectionClosedEvent
  | rxvirt.NetworkLifecycleEvent
  | rxvirt.NetworkMetadataChangeEvent
  | rxvirt.NodeDeviceLifecycleEvent
  | rxvirt.NodeDeviceUpdateEvent
  | rxvirt.QemuMonitorEvent
  | rxvirt.SecretLifecycleEvent
  | rxvirt.SecretValueChangedEvent
  | rxvirt.StoragePoolLifecycleEvent
  | rxvirt.StoragePoolRefreshEvent;

export type Checks = [
  Assert<Equal<rxvirt.DomainEvent, NamedDomainEvent>>,
  Assert<Equal<rxvirt.LibvirtEvent, NamedDomainEvent | NamedObjectEvent>>,
  Assert<Equal<rxvirt.LibvirtError['code'], rxvirt.LibvirtErrorCode>>,
  Assert<Equal<Extract<rxvirt.LibvirtErrorCode, 'VIR_ERR_NO_DOMAIN' | 'none'>, 'VIR_ERR_NO_DOMAIN'>>,
  Assert<Equal<rxvirt.LibvirtError['domain'], rxvirt.LibvirtErrorDomain>>,
  Assert<Equal<rxvirt.LibvirtError['level'], rxvirt.LibvirtErrorLevel>>,
];
