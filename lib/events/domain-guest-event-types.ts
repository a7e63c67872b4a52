import type {
  agentLifecycleReasons,
  agentLifecycleStates,
  channelLifecycleReasons,
  channelLifecycleStates,
  domainMetadataTypes,
  memoryFailureActions,
  memoryFailureRecipients,
  watchdogActions,
} from './domain-enumerations.js';
import type { EventDomain } from './event-object-types.js';
import type { domainLifecycleDetails } from './lifecycle-enumerations.js';

/** What every event of a domain has. */
export interface DomainEventBase<T extends string> {
  readonly category: 'domain';
  /** Which event, by the name that `virsh event --list` has for it. */
  readonly type: T;
  readonly domain: EventDomain;
  /** When the event reached this process: milliseconds since 1970. */
  readonly time: number;
}

type Details = typeof domainLifecycleDetails;

/** A lifecycle event of one kind, with the details that this kind has. */
interface LifecycleOf<Event extends string, Detail extends string> extends DomainEventBase<'lifecycle'> {
  /** What happened; `'unknown'` when newer than this library: see `eventNumber`. */
  readonly event: Event;
  /** Why; `'unknown'` when newer than this library: see `detailNumber`. */
  readonly detail: Detail | 'unknown';
  /** libvirt's virDomainEventType. */
  readonly eventNumber: number;
  /** libvirt's virDomainEvent…DetailType for this event. */
  readonly detailNumber: number;
}

/**
 * A domain was defined, started, stopped …; virConnectDomainEventCallback. `event` tells which details there can
 * be, so that `switch (event)` narrows `detail`.
 */
export type DomainLifecycleEvent =
  | { [Event in keyof Details]: LifecycleOf<Event, Details[Event][number]> }[keyof Details]
  | LifecycleOf<'unknown', never>;

/** The guest rebooted; virConnectDomainEventGenericCallback. */
export type DomainRebootEvent = DomainEventBase<'reboot'>;

/** The guest set its clock; virConnectDomainEventRTCChangeCallback. */
export interface DomainRtcChangeEvent extends DomainEventBase<'rtc-change'> {
  /** The clock's new distance from UTC, in seconds. */
  readonly utcoffset: number;
}

/** The guest's watchdog expired; virConnectDomainEventWatchdogCallback. */
export interface DomainWatchdogEvent extends DomainEventBase<'watchdog'> {
  /** What was done; `'unknown'` when newer than this library: see `actionNumber`. */
  readonly action: (typeof watchdogActions)[number] | 'unknown';
  /** libvirt's virDomainEventWatchdogAction. */
  readonly actionNumber: number;
}

/** libvirt lost its hold on the domain's process; virConnectDomainEventGenericCallback. */
export type DomainControlErrorEvent = DomainEventBase<'control-error'>;

/** What the three power management events have. */
interface PowerManagementEvent<T extends string> extends DomainEventBase<T> {
  /** Why, by a number that libvirt has no names for: always 0 so far. */
  readonly reason: number;
}

/** The guest woke up; virConnectDomainEventPMWakeupCallback. */
export type DomainPmWakeupEvent = PowerManagementEvent<'pm-wakeup'>;

/** The guest suspended itself to memory; virConnectDomainEventPMSuspendCallback. */
export type DomainPmSuspendEvent = PowerManagementEvent<'pm-suspend'>;

/** The guest suspended itself to disk; virConnectDomainEventPMSuspendDiskCallback. */
export type DomainPmSuspendDiskEvent = PowerManagementEvent<'pm-suspend-disk'>;

/** The guest's memory balloon changed; virConnectDomainEventBalloonChangeCallback. */
export interface DomainBalloonChangeEvent extends DomainEventBase<'balloon-change'> {
  /** The memory that the guest has now, in KiB. */
  readonly actual: number;
}

/**
 * The value of a typed parameter. libvirt's 64-bit integers are exact up to 2^53 and the nearest double above
 * it. Null stands for what JSON has no word for (a number that is not finite), for a string that is NULL, and
 * for a type that is newer than this library.
 */
export type TypedParameterValue = number | boolean | string | null;

/** libvirt's typed parameters by their names, for example `'cputune.cpu_shares'`. */
export type TypedParameters = Readonly<Record<string, TypedParameterValue>>;

/** Limits of the domain were changed; virConnectDomainEventTunableCallback. */
export interface DomainTunableEvent extends DomainEventBase<'tunable'> {
  /** What was changed, by libvirt's VIR_DOMAIN_TUNABLE_… names, which give the units too. */
  readonly params: TypedParameters;
}

/** The guest agent came or went; virConnectDomainEventAgentLifecycleCallback. */
export interface DomainAgentLifecycleEvent extends DomainEventBase<'agent-lifecycle'> {
  /** Whether it answers; `'unknown'` when newer than this library: see `stateNumber`. */
  readonly state: (typeof agentLifecycleStates)[number];
  /** libvirt's virConnectDomainEventAgentLifecycleState. */
  readonly stateNumber: number;
  /** Why that changed; null when libvirt doesn't know, `'unknown'` when newer than this library: see `reasonNumber`. */
  readonly reason: (typeof agentLifecycleReasons)[number] | 'unknown';
  /** libvirt's virConnectDomainEventAgentLifecycleReason. */
  readonly reasonNumber: number;
}

/** A live migration began another pass; virConnectDomainEventMigrationIterationCallback. */
export interface DomainMigrationIterationEvent extends DomainEventBase<'migration-iteration'> {
  /** How many passes over the memory have begun. */
  readonly iteration: number;
}

/** A job such as a migration, save or dump ended; virConnectDomainEventJobCompletedCallback. */
export interface DomainJobCompletedEvent extends DomainEventBase<'job-completed'> {
  /** Its statistics, by libvirt's VIR_DOMAIN_JOB_… names: times in milliseconds, sizes in bytes. */
  readonly params: TypedParameters;
}

/** A domain's metadata was changed; virConnectDomainEventMetadataChangeCallback. */
export interface DomainMetadataChangeEvent extends DomainEventBase<'metadata-change'> {
  /** libvirt's argument `type`: which part; `'unknown'` when newer than this library: see `metadataTypeNumber`. */
  readonly metadataType: (typeof domainMetadataTypes)[number] | 'unknown';
  /** libvirt's virDomainMetadataType. */
  readonly metadataTypeNumber: number;
  /** The namespace of the changed element; null unless an element was changed. */
  readonly nsuri: string | null;
}

/** The host's memory failed under the domain; virConnectDomainEventMemoryFailureCallback. */
export interface DomainMemoryFailureEvent extends DomainEventBase<'memory-failure'> {
  /** Whose memory it was; `'unknown'` when newer than this library: see `recipientNumber`. */
  readonly recipient: (typeof memoryFailureRecipients)[number] | 'unknown';
  /** libvirt's virDomainMemoryFailureRecipientType. */
  readonly recipientNumber: number;
  /** What was done; `'unknown'` when newer than this library: see `actionNumber`. */
  readonly action: (typeof memoryFailureActions)[number] | 'unknown';
  /** libvirt's virDomainMemoryFailureActionType. */
  readonly actionNumber: number;
  /** libvirt's virDomainMemoryFailureFlags, also those that are newer than this library. */
  readonly flags: number;
  /** The flag: the failure asks for action now, instead of when the memory is used. */
  readonly actionRequired: boolean;
  /** The flag: it happened while another failure was handled. */
  readonly recursive: boolean;
}

/** A virtual CPU was unplugged; virConnectDomainEventVcpuRemovedCallback. */
export interface DomainVcpuRemovedEvent extends DomainEventBase<'vcpu-removed'> {
  /** The number of the CPU. */
  readonly vcpuid: number;
}

/** The guest opened or closed a virtio channel; virConnectDomainEventChannelLifecycleCallback. */
export interface DomainChannelLifecycleEvent extends DomainEventBase<'channel-lifecycle'> {
  /** The channel's target name, for example `'org.qemu.guest_agent.0'`. */
  readonly channelName: string | null;
  /** Whether it is open; `'unknown'` when newer than this library: see `stateNumber`. */
  readonly state: (typeof channelLifecycleStates)[number];
  /** libvirt's virConnectDomainEventChannelLifecycleState. */
  readonly stateNumber: number;
  /** Why that changed; null when libvirt doesn't know, `'unknown'` when newer than this library: see `reasonNumber`. */
  readonly reason: (typeof channelLifecycleReasons)[number] | 'unknown';
  /** libvirt's virConnectDomainEventChannelLifecycleReason. */
  readonly reasonNumber: number;
}
