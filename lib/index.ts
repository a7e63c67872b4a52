export * as event from './loop/event.js';
export {
  EventImpl,
  type FreeCallback,
  type HandleCallback,
  type Opaque,
  type TimeoutCallback,
} from './loop/event-impl.js';
export {
  RxEventImpl,
  type LoopActivity,
  type LoopStats,
  type RxEventImplOptions,
} from './loop/rx-event-impl.js';
export { fromFd } from './loop/from-fd.js';
export { fromTimeout, type TimeoutSources } from './loop/from-timeout.js';
export { Connection, type CloseOptions } from './connection/connection.js';
export type { ConnectionStats } from './native.js';
export type {
  AllEventsOptions,
  DomainEventOptions,
  EventOptions,
  NetworkEventOptions,
  NodeDeviceEventOptions,
  QemuMonitorEventOptions,
  SecretEventOptions,
  StoragePoolEventOptions,
} from './connection/event-options.js';
export { connect } from './connection/connect.js';
export type { OpenOptions } from './connection/open-options.js';
export type { CloseInfo, CloseReason } from './errors/close-info.js';
export { Domain } from './domain/domain.js';
export type { DomainState, DomainStateName } from './domain/domain-state.js';
export type {
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
  GraphicsAddress,
  GraphicsIdentity,
} from './events/domain-device-event-types.js';
export type { DomainEvent, DomainEventMap, DomainEventType } from './events/domain-event-types.js';
export type {
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
  TypedParameters,
  TypedParameterValue,
} from './events/domain-guest-event-types.js';
export type {
  EventDomain,
  EventNetwork,
  EventNodeDevice,
  EventSecret,
  EventStoragePool,
} from './events/event-object-types.js';
export type {
  ConnectionClosedEvent,
  EventCategory,
  EventKindName,
  LibvirtEvent,
  LibvirtEventMap,
  QemuMonitorEvent,
} from './events/libvirt-event-types.js';
export type {
  NetworkEventMap,
  NetworkLifecycleEvent,
  NetworkMetadataChangeEvent,
  NodeDeviceEventMap,
  NodeDeviceLifecycleEvent,
  NodeDeviceUpdateEvent,
  SecretEventMap,
  SecretLifecycleEvent,
  SecretValueChangedEvent,
  StoragePoolEventMap,
  StoragePoolLifecycleEvent,
  StoragePoolRefreshEvent,
} from './events/object-event-types.js';
export {
  ConnectionClosedError,
  EventLoopError,
  LibvirtError,
  UnsupportedEventError,
  type LibvirtErrorCode,
  type LibvirtErrorDomain,
  type LibvirtErrorFields,
  type LibvirtErrorLevel,
} from './errors.js';
export { setLogger, type LogSink } from './logging.js';
