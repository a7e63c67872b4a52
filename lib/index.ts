export * as event from './event/event.js';
export {
  EventImpl,
  type FreeCallback,
  type HandleCallback,
  type Opaque,
  type TimeoutCallback,
} from './event/event-impl.js';
export {
  RxEventImpl,
  type LoopActivity,
  type LoopStats,
  type RxEventImplOptions,
} from './event/rx-event-impl.js';
export { fromFd } from './event/from-fd.js';
export { fromTimeout, type TimeoutSources } from './event/from-timeout.js';
export { Connection, type DomainEventOptions } from './connection/connection.js';
export { connect } from './connection/connect.js';
export type { OpenOptions } from './connection/open-options.js';
export type { CloseInfo, CloseReason } from './errors/close-info.js';
export { Domain } from './domain/domain.js';
export type { DomainState, DomainStateName } from './domain/domain-state.js';
export type { DomainEventMap, DomainEventType, DomainLifecycleEvent } from './events/domain-events.js';
export type { EventDomain } from './events/domain-identity.js';
export { ConnectionClosedError, EventLoopError, LibvirtError, UnsupportedEventError } from './errors.js';
export { setLogger } from './logging.js';
