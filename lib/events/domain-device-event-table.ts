import { address, identities, number, numberOf, text, words } from './fields.js';
import { event } from './row.js';

const ioError = {
  /** The file or device on the host that failed; empty or null when libvirt doesn't name it. */
  srcPath: text(),
  /** The guest's device, for example `'virtio-disk0'`. */
  devAlias: text(),
  /** What was done about the failure; `'unknown'` when the value is newer than this library: see `actionNumber`. */
  action: words('virDomainEventIOErrorAction', ['none', 'pause', 'report']),
  /** libvirt's virDomainEventIOErrorAction. */
  actionNumber: numberOf('action'),
};

/** libvirt's virDomainBlockJobType. */
export const blockJobTypes = [
  'unknown-job',
  'block-pull',
  'block-copy',
  'block-commit',
  'active-block-commit',
  'backup',
] as const;

const blockJob = {
  /**
   * What the job does; libvirt's argument `type`.
   * `'unknown'` when the value is newer than this library: see `jobTypeNumber`.
   */
  jobType: words('virDomainBlockJobType', blockJobTypes, 'type'),
  /** libvirt's virDomainBlockJobType. */
  jobTypeNumber: numberOf('jobType'),
  /** The new status of the job; `'unknown'` when the value is newer than this library: see `statusNumber`. */
  status: words('virConnectDomainEventBlockJobStatus', ['completed', 'failed', 'canceled', 'ready']),
  /** libvirt's virConnectDomainEventBlockJobStatus. */
  statusNumber: numberOf('status'),
};

const hotPlugged = {
  /** The guest's device, for example `'net0'`. */
  devAlias: text(),
};

/** The events about a guest's devices. */
export const domainDeviceEvents = {
  /** Reading or writing a disk failed. */
  'io-error': event(4, 'virConnectDomainEventIOErrorCallback', '0.8.0', ioError),

  /** A graphics client connected, completed its handshake, or disconnected. */
  graphics: event(5, 'virConnectDomainEventGraphicsCallback', '0.8.0', {
    /** How far the client is; `'unknown'` when the value is newer than this library: see `phaseNumber`. */
    phase: words('virDomainEventGraphicsPhase', ['connect', 'initialize', 'disconnect']),
    /** libvirt's virDomainEventGraphicsPhase. */
    phaseNumber: numberOf('phase'),
    /** The server's address. */
    local: address(),
    /** The client's address. */
    remote: address(),
    /** How the client proved who it is, for example `'vnc'`. */
    authScheme: text(),
    /** The client's names, one of each kind; empty when the server asked for none. */
    subject: identities(),
  }),

  /** Reading or writing a disk failed. The event has the reason. */
  'io-error-reason': event(6, 'virConnectDomainEventIOErrorReasonCallback', '0.8.1', {
    ...ioError,
    /** The reason: a word such as `'enospc'`, or a text from the hypervisor. Empty when libvirt doesn't know it. */
    reason: text('text'),
  }),

  /** A block job is ready or has ended. Prefer `'block-job-2'`. */
  'block-job': event(8, 'virConnectDomainEventBlockJobCallback', '0.9.4', {
    /** The path of the disk's file on the host. The job itself may change this path. */
    disk: text('path on the host'),
    ...blockJob,
  }),

  /** The file of a disk was missing when the domain started. */
  'disk-change': event(9, 'virConnectDomainEventDiskChangeCallback', '0.9.7', {
    /** The disk's previous file on the host. */
    oldSrcPath: text(),
    /** The disk's file now; null when it has none. */
    newSrcPath: text(),
    devAlias: text(),
    /** What was done with the disk; `'unknown'` when the value is newer than this library: see `reasonNumber`. */
    reason: words('virConnectDomainEventDiskChangeReason', ['changed', 'dropped']),
    /** libvirt's virConnectDomainEventDiskChangeReason. */
    reasonNumber: numberOf('reason'),
  }),

  /** A tray was opened or closed. */
  'tray-change': event(10, 'virConnectDomainEventTrayChangeCallback', '0.9.11', {
    devAlias: text(),
    /** What was done with the tray; `'unknown'` when the value is newer than this library: see `reasonNumber`. */
    reason: words('virDomainEventTrayChangeReason', ['opened', 'closed']),
    /** libvirt's virDomainEventTrayChangeReason. */
    reasonNumber: numberOf('reason'),
  }),

  /** A device was removed from the guest. */
  'device-removed': event(15, 'virConnectDomainEventDeviceRemovedCallback', '1.1.1', hotPlugged),

  /** A block job is ready or has ended. */
  'block-job-2': event(16, 'virConnectDomainEventBlockJobCallback', '1.2.6', {
    /** The disk's target in the guest, for example `'vda'`. */
    disk: text('target such as `vda`'),
    ...blockJob,
  }),

  /** A device was added. */
  'device-added': event(19, 'virConnectDomainEventDeviceAddedCallback', '1.2.15', hotPlugged),

  /** The guest refused to release a device. */
  'device-removal-failed': event(22, 'virConnectDomainEventDeviceRemovalFailedCallback', '1.3.4', hotPlugged),

  /** A disk was written beyond its threshold. */
  'block-threshold': event(24, 'virConnectDomainEventBlockThresholdCallback', '3.2.0', {
    /** The disk's target, with an index for a file of its backing chain: `'vda'`, `'vda[2]'`. */
    dev: text(),
    /** The file on the host; null where there is none. */
    path: text(),
    /** The threshold that was set, in bytes. */
    threshold: number('bytes'),
    /** How far the write went beyond it, in bytes. */
    excess: number('bytes'),
  }),

  /** A virtio-mem device grew or shrank. */
  'memory-device-size-change': event(26, 'virConnectDomainEventMemoryDeviceSizeChangeCallback', '7.9.0', {
    /** The guest's device, for example `'virtiomem0'`. */
    alias: text(),
    /** How much of the device's memory the guest uses now, in KiB. */
    size: number('KiB'),
  }),

  /** The guest changed the MAC address of a network card. */
  'nic-mac-change': event(27, 'virConnectDomainEventNICMACChangeCallback', '11.2.0', {
    /** The guest's device, for example `'net0'`. */
    alias: text(),
    oldMac: text(),
    newMac: text(),
  }),
};
