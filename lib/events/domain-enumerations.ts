/** What a watchdog did; libvirt's virDomainEventWatchdogAction, in virsh's words. */
export const watchdogActions = [
  'none',
  'pause',
  'reset',
  'poweroff',
  'shutdown',
  'debug',
  'inject-nmi',
] as const;

/** What was done about an I/O error; virDomainEventIOErrorAction. */
export const ioErrorActions = ['none', 'pause', 'report'] as const;

/** How far a graphics client is; virDomainEventGraphicsPhase. */
export const graphicsPhases = ['connect', 'initialize', 'disconnect'] as const;

/** Where a graphics client or server is; virDomainEventGraphicsAddressType. */
export const graphicsAddressFamilies = ['ipv4', 'ipv6', 'unix'] as const;

/** What a block job does; virDomainBlockJobType. */
export const blockJobTypes = [
  'unknown-job',
  'block-pull',
  'block-copy',
  'block-commit',
  'active-block-commit',
  'backup',
] as const;

/** How a block job goes; virConnectDomainEventBlockJobStatus. */
export const blockJobStatuses = ['completed', 'failed', 'canceled', 'ready'] as const;

/** What became of a disk; virConnectDomainEventDiskChangeReason. */
export const diskChangeReasons = ['changed', 'dropped'] as const;

/** What became of a tray; virDomainEventTrayChangeReason. */
export const trayChangeReasons = ['opened', 'closed'] as const;

/** Whether the guest agent answers; virConnectDomainEventAgentLifecycleState, which has no 0. */
export const agentLifecycleStates = ['unknown', 'connected', 'disconnected'] as const;

/** Why that changed; virConnectDomainEventAgentLifecycleReason, whose 0 is that libvirt doesn't know. */
export const agentLifecycleReasons = [null, 'domain-started', 'channel-event'] as const;

/** Whether the guest has a channel open; virConnectDomainEventChannelLifecycleState, which has no 0. */
export const channelLifecycleStates = ['unknown', 'connected', 'disconnected'] as const;

/** Why that changed; virConnectDomainEventChannelLifecycleReason, whose 0 is that libvirt doesn't know. */
export const channelLifecycleReasons = [null, 'domain-started', 'channel-event'] as const;

/** Which part of a domain's metadata; virDomainMetadataType. */
export const domainMetadataTypes = ['description', 'title', 'element'] as const;

/** Whose memory failed; virDomainMemoryFailureRecipientType. */
export const memoryFailureRecipients = ['hypervisor', 'guest'] as const;

/** What was done about it; virDomainMemoryFailureActionType. */
export const memoryFailureActions = ['ignore', 'inject', 'fatal', 'reset'] as const;
