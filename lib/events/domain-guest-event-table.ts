import { flag, number, numberOf, parameters, text, words } from './fields.js';
import { event } from './row.js';

const powerManagement = {
  /** The reason: a number for which libvirt defines no names. Always 0 so far. */
  reason: number('a number, always 0 so far'),
};

/** The events about what a guest and its host do, except the domain's lifecycle. */
export const domainGuestEvents = {
  /** The guest rebooted. */
  reboot: event(1, 'virConnectDomainEventGenericCallback', '0.8.0', {}),

  /** The guest set its clock. */
  'rtc-change': event(2, 'virConnectDomainEventRTCChangeCallback', '0.8.0', {
    /** The clock's new distance from UTC, in seconds. */
    utcoffset: number('seconds from UTC'),
  }),

  /** The guest's watchdog expired. */
  watchdog: event(3, 'virConnectDomainEventWatchdogCallback', '0.8.0', {
    /** What was done; `'unknown'` when the value is newer than this library: see `actionNumber`. */
    action: words('virDomainEventWatchdogAction', [
      'none',
      'pause',
      'reset',
      'poweroff',
      'shutdown',
      'debug',
      'inject-nmi',
    ]),
    /** libvirt's virDomainEventWatchdogAction. */
    actionNumber: numberOf('action'),
  }),

  /** libvirt lost control of the domain's process. */
  'control-error': event(7, 'virConnectDomainEventGenericCallback', '0.9.2', {}),

  /** The guest woke up. */
  'pm-wakeup': event(11, 'virConnectDomainEventPMWakeupCallback', '0.9.11', powerManagement),

  /** The guest suspended itself to memory. */
  'pm-suspend': event(12, 'virConnectDomainEventPMSuspendCallback', '0.9.11', powerManagement),

  /** The guest's memory balloon changed. */
  'balloon-change': event(13, 'virConnectDomainEventBalloonChangeCallback', '0.10.0', {
    /** The memory that the guest has now, in KiB. */
    actual: number('KiB'),
  }),

  /** The guest suspended itself to disk. */
  'pm-suspend-disk': event(14, 'virConnectDomainEventPMSuspendDiskCallback', '1.0.0', powerManagement),

  /** Limits of the domain were changed. */
  tunable: event(17, 'virConnectDomainEventTunableCallback', '1.2.9', {
    /** The changed values, under libvirt's VIR_DOMAIN_TUNABLE_… names. libvirt documents the unit of each name. */
    params: parameters('an object; names and units as in libvirt’s VIR_DOMAIN_TUNABLE_…'),
  }),

  /** The guest agent connected or disconnected. */
  'agent-lifecycle': event(18, 'virConnectDomainEventAgentLifecycleCallback', '1.2.11', {
    /** Whether the agent is connected; `'unknown'` when the value is newer than this library: see `stateNumber`. */
    state: words('virConnectDomainEventAgentLifecycleState', ['unknown', 'connected', 'disconnected']),
    /** libvirt's virConnectDomainEventAgentLifecycleState. */
    stateNumber: numberOf('state'),
    /**
     * Why the state changed; null when libvirt doesn't know.
     * `'unknown'` when the value is newer than this library: see `reasonNumber`.
     */
    reason: words('virConnectDomainEventAgentLifecycleReason', [null, 'domain-started', 'channel-event']),
    /** libvirt's virConnectDomainEventAgentLifecycleReason. */
    reasonNumber: numberOf('reason'),
  }),

  /** A live migration began another pass. */
  'migration-iteration': event(20, 'virConnectDomainEventMigrationIterationCallback', '1.3.2', {
    /** How many passes over the memory have begun. */
    iteration: number('passes begun'),
  }),

  /** A job such as a migration, save or dump ended. */
  'job-completed': event(21, 'virConnectDomainEventJobCompletedCallback', '1.3.3', {
    /** The job's statistics, under libvirt's VIR_DOMAIN_JOB_… names: times in milliseconds, sizes in bytes. */
    params: parameters(
      'an object; names as in libvirt’s VIR_DOMAIN_JOB_…; times in ms, sizes in bytes, rates in bytes/s',
    ),
  }),

  /** A domain's metadata was changed. */
  'metadata-change': event(23, 'virConnectDomainEventMetadataChangeCallback', '3.0.0', {
    /**
     * Which part was changed; libvirt's argument `type`.
     * `'unknown'` when the value is newer than this library: see `metadataTypeNumber`.
     */
    metadataType: words('virDomainMetadataType', ['description', 'title', 'element'], 'type'),
    /** libvirt's virDomainMetadataType. */
    metadataTypeNumber: numberOf('metadataType'),
    /** The namespace of the changed element; null unless an element was changed. */
    nsuri: text(),
  }),

  /** Memory of the host that the domain uses failed. */
  'memory-failure': event(25, 'virConnectDomainEventMemoryFailureCallback', '6.9.0', {
    /** Whose memory failed; `'unknown'` when the value is newer than this library: see `recipientNumber`. */
    recipient: words('virDomainMemoryFailureRecipientType', ['hypervisor', 'guest']),
    /** libvirt's virDomainMemoryFailureRecipientType. */
    recipientNumber: numberOf('recipient'),
    /** What was done; `'unknown'` when the value is newer than this library: see `actionNumber`. */
    action: words('virDomainMemoryFailureActionType', ['ignore', 'inject', 'fatal', 'reset']),
    /** libvirt's virDomainMemoryFailureActionType. */
    actionNumber: numberOf('action'),
    /** The bits of libvirt's virDomainMemoryFailureFlags, including bits that are newer than this library. */
    flags: number('bits'),
    /** The flag: action is required now, not only when the memory is used. */
    actionRequired: flag('flags', 1),
    /** The flag: the failure happened while another one was handled. */
    recursive: flag('flags', 2),
  }),

  /** A virtual CPU was unplugged. */
  'vcpu-removed': event(28, 'virConnectDomainEventVcpuRemovedCallback', '12.4.0', {
    /** The number of the CPU. */
    vcpuid: number(),
  }),

  /** The guest opened or closed a virtio channel. */
  'channel-lifecycle': event(29, 'virConnectDomainEventChannelLifecycleCallback', '12.4.0', {
    /** The channel's target name, for example `'org.qemu.guest_agent.0'`. */
    channelName: text(),
    /** Whether the channel is open; `'unknown'` when the value is newer than this library: see `stateNumber`. */
    state: words('virConnectDomainEventChannelLifecycleState', ['unknown', 'connected', 'disconnected']),
    /** libvirt's virConnectDomainEventChannelLifecycleState. */
    stateNumber: numberOf('state'),
    /**
     * Why the state changed; null when libvirt doesn't know.
     * `'unknown'` when the value is newer than this library: see `reasonNumber`.
     */
    reason: words('virConnectDomainEventChannelLifecycleReason', [null, 'domain-started', 'channel-event']),
    /** libvirt's virConnectDomainEventChannelLifecycleReason. */
    reasonNumber: numberOf('reason'),
  }),
};
