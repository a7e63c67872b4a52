export * as event from './loop/event.js';
export {
  EventImpl,
  type FreeCallback,
  type HandleCallback,
  type Opaque,
  type TimeoutCallback,
} from './loop/event-impl.js';
export type { LoopActivity, LoopStats } from './loop/loop-activity.js';
export { RxEventImpl, type RxEventImplOptions } from './loop/rx-event-impl.js';
export { loopLag, type LoopLagOptions } from './loop/loop-lag.js';
export { fromFd } from './loop/from-fd.js';
export { fromTimeout, type TimeoutSources } from './loop/from-timeout.js';
export { Connection } from './connection/connection.js';
export type * from './connection/types.js';
export type { ConnectionStats } from './native.js';
export { connect } from './connection/connect.js';
export { watch } from './hosts/watch.js';
export { watchAll } from './hosts/watch-all.js';
export { Host, type HostHealth } from './hosts/host.js';
export { Fleet, type FleetHealth, type FleetHostHealth, type FleetStatus } from './hosts/fleet.js';
export type { AddHostOptions, FleetOptions, FleetUris } from './hosts/fleet-options.js';
export type { ObjectsByHost } from './hosts/fleet-objects.js';
export type { WatchOptions } from './hosts/watch-options.js';
export type { ReconnectOptions } from './hosts/delays.js';
export type * from './hosts/host-status.js';
export type { HostEventCategory } from './hosts/host-events.js';
export type { HostItem } from './hosts/host-stream.js';
export type { Overflow } from './events/overflow.js';
export type { HostTrouble } from './hosts/host-trouble.js';
export type { HostMetrics } from './hosts/host-metrics.js';
export type { EventsByType } from './hosts/host-record.js';
export type {
  HostGapMessage,
  HostOverflowMessage,
  HostStatusMessage,
  HostTroubleMessage,
} from './hosts/diagnostics.js';
export type { WaitForConnectionOptions } from './hosts/wait-for-connection.js';
export type { FromHost, Gap, Position } from './hosts/position.js';
export type { AddedChange, Change, ChangedChange, RemovedChange } from './hosts/store.js';
export type * from './hosts/object-snapshots.js';
export { FleetError, type FleetErrorCode } from './errors/fleet-error.js';
export { WaitTimeoutError } from './errors/wait-timeout-error.js';
export { LibvirtStream, type StreamProgress } from './streams/libvirt-stream.js';
export type { CallMessage } from './calls/call-channel.js';
export type { CallOptions } from './calls/call-options.js';
export { UnsafeUriError, type UriPermission } from './errors/unsafe-uri-error.js';
export type { CloseInfo, CloseReason } from './errors/close-info.js';
export { Domain } from './domain/domain.js';
export type * from './domain/types.js';
export { DomainCheckpoint } from './domain/checkpoint.js';
export { Snapshot } from './domain/snapshot.js';
export { Interface, type InterfaceXmlOptions } from './objects/interface.js';
export { Network } from './objects/network.js';
export type * from './objects/types.js';
export { NetworkPort, type NetworkPortParameters } from './objects/network-port.js';
export { NodeDevice } from './objects/node-device.js';
export { NwFilter } from './objects/nw-filter.js';
export { NwFilterBinding } from './objects/nw-filter-binding.js';
export { Secret, type SecretUsageType } from './objects/secret.js';
export { StoragePool, StorageVolume, type CreateVolumeOptions } from './objects/storage-pool.js';
export type { ValidateOptions } from './calls/validate-options.js';
export type * from './events/named-event-types.js';
export type {
  ConnectionClosedEvent,
  DomainEvent,
  DomainEventMap,
  DomainEventType,
  EventCategory,
  EventKindName,
  LibvirtEvent,
  LibvirtEventMap,
  NetworkEventMap,
  NodeDeviceEventMap,
  SecretEventMap,
  StoragePoolEventMap,
} from './events/event-types.js';
export type {
  EventDomain,
  EventNetwork,
  EventNodeDevice,
  EventSecret,
  EventStoragePool,
} from './events/event-object-types.js';
export type { GraphicsAddress, GraphicsIdentity } from './events/graphics-types.js';
export type { TypedParameters, TypedParameterValue } from './events/typed-parameter-types.js';
export {
  TimeoutError,
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
