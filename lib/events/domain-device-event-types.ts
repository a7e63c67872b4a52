import type {
  blockJobStatuses,
  blockJobTypes,
  diskChangeReasons,
  graphicsAddressFamilies,
  graphicsPhases,
  ioErrorActions,
  trayChangeReasons,
} from './domain-enumerations.js';
import type { DomainEventBase } from './domain-guest-event-types.js';

/** What both events about I/O errors have. */
interface IoErrorBase<T extends string> extends DomainEventBase<T> {
  /** The file or device on the host that failed; empty or null where libvirt doesn't say. */
  readonly srcPath: string | null;
  /** The guest's device, for example `'virtio-disk0'`. */
  readonly devAlias: string | null;
  /** What was done about it; `'unknown'` when newer than this library: see `actionNumber`. */
  readonly action: (typeof ioErrorActions)[number] | 'unknown';
  /** libvirt's virDomainEventIOErrorAction. */
  readonly actionNumber: number;
}

/** Reading or writing a disk failed; virConnectDomainEventIOErrorCallback. */
export type DomainIoErrorEvent = IoErrorBase<'io-error'>;

/** Reading or writing a disk failed, and why; virConnectDomainEventIOErrorReasonCallback. */
export interface DomainIoErrorReasonEvent extends IoErrorBase<'io-error-reason'> {
  /** Why: a word such as `'enospc'`, empty when libvirt doesn't know, or a text of the hypervisor's. */
  readonly reason: string | null;
}

/** One end of a graphics connection; libvirt's virDomainEventGraphicsAddress. */
export interface GraphicsAddress {
  /** `'unknown'` when newer than this library: see `familyNumber`. */
  readonly family: (typeof graphicsAddressFamilies)[number] | 'unknown';
  /** libvirt's virDomainEventGraphicsAddressType. */
  readonly familyNumber: number;
  /** An IP address, or the path of a UNIX socket. */
  readonly node: string | null;
  /** A port number or name; null or empty for a UNIX socket. */
  readonly service: string | null;
}

/** Who a graphics client is; libvirt's virDomainEventGraphicsSubjectIdentity. */
export interface GraphicsIdentity {
  /** What kind of name, for example `'x509dname'` or `'saslUsername'`. */
  readonly type: string | null;
  readonly name: string | null;
}

/** A graphics client came or went; virConnectDomainEventGraphicsCallback. */
export interface DomainGraphicsEvent extends DomainEventBase<'graphics'> {
  /** How far it is; `'unknown'` when newer than this library: see `phaseNumber`. */
  readonly phase: (typeof graphicsPhases)[number] | 'unknown';
  /** libvirt's virDomainEventGraphicsPhase. */
  readonly phaseNumber: number;
  /** The server's address. */
  readonly local: GraphicsAddress | null;
  /** The client's address. */
  readonly remote: GraphicsAddress | null;
  /** How the client proved who it is, for example `'vnc'`. */
  readonly authScheme: string | null;
  /** Who the client is, by each of its names; empty when nobody asked. */
  readonly subject: readonly GraphicsIdentity[];
}

/** What both events about block jobs have. */
interface BlockJobBase<T extends string> extends DomainEventBase<T> {
  /** libvirt's argument `type`: what the job does; `'unknown'` when newer than this library: see `jobTypeNumber`. */
  readonly jobType: (typeof blockJobTypes)[number] | 'unknown';
  /** libvirt's virDomainBlockJobType. */
  readonly jobTypeNumber: number;
  /** How it goes; `'unknown'` when newer than this library: see `statusNumber`. */
  readonly status: (typeof blockJobStatuses)[number] | 'unknown';
  /** libvirt's virConnectDomainEventBlockJobStatus. */
  readonly statusNumber: number;
}

/** A block job is ready or has ended; virConnectDomainEventBlockJobCallback. Prefer `'block-job-2'`. */
export interface DomainBlockJobEvent extends BlockJobBase<'block-job'> {
  /** The path of the disk's file on the host, which the job itself may change. */
  readonly disk: string | null;
}

/** A block job is ready or has ended; virConnectDomainEventBlockJobCallback. */
export interface DomainBlockJob2Event extends BlockJobBase<'block-job-2'> {
  /** The disk's target in the guest, for example `'vda'`. */
  readonly disk: string | null;
}

/** A disk lost its file at the start; virConnectDomainEventDiskChangeCallback. */
export interface DomainDiskChangeEvent extends DomainEventBase<'disk-change'> {
  /** The file before, on the host. */
  readonly oldSrcPath: string | null;
  /** The file now; null for none. */
  readonly newSrcPath: string | null;
  readonly devAlias: string | null;
  /** What became of the disk; `'unknown'` when newer than this library: see `reasonNumber`. */
  readonly reason: (typeof diskChangeReasons)[number] | 'unknown';
  /** libvirt's virConnectDomainEventDiskChangeReason. */
  readonly reasonNumber: number;
}

/** A tray was opened or closed; virConnectDomainEventTrayChangeCallback. */
export interface DomainTrayChangeEvent extends DomainEventBase<'tray-change'> {
  readonly devAlias: string | null;
  /** `'unknown'` when newer than this library: see `reasonNumber`. */
  readonly reason: (typeof trayChangeReasons)[number] | 'unknown';
  /** libvirt's virDomainEventTrayChangeReason. */
  readonly reasonNumber: number;
}

/** What the events about hot-plugged devices have. */
interface DeviceEvent<T extends string> extends DomainEventBase<T> {
  /** The guest's device, for example `'net0'`. */
  readonly devAlias: string | null;
}

/** The guest let go of a device; virConnectDomainEventDeviceRemovedCallback. */
export type DomainDeviceRemovedEvent = DeviceEvent<'device-removed'>;

/** A device was added; virConnectDomainEventDeviceAddedCallback. */
export type DomainDeviceAddedEvent = DeviceEvent<'device-added'>;

/** The guest refused to let go of a device; virConnectDomainEventDeviceRemovalFailedCallback. */
export type DomainDeviceRemovalFailedEvent = DeviceEvent<'device-removal-failed'>;

/** A disk was written beyond its threshold; virConnectDomainEventBlockThresholdCallback. */
export interface DomainBlockThresholdEvent extends DomainEventBase<'block-threshold'> {
  /** The disk's target, with an index for a file of its backing chain: `'vda'`, `'vda[2]'`. */
  readonly dev: string | null;
  /** The file on the host; null where there is none. */
  readonly path: string | null;
  /** The threshold that was set, in bytes. */
  readonly threshold: number;
  /** How far the write went beyond it, in bytes. */
  readonly excess: number;
}

/** A virtio-mem device grew or shrank; virConnectDomainEventMemoryDeviceSizeChangeCallback. */
export interface DomainMemoryDeviceSizeChangeEvent extends DomainEventBase<'memory-device-size-change'> {
  /** The guest's device, for example `'virtiomem0'`. */
  readonly alias: string | null;
  /** What the guest uses of it now, in KiB. */
  readonly size: number;
}

/** The guest changed the address of a network card; virConnectDomainEventNICMACChangeCallback. */
export interface DomainNicMacChangeEvent extends DomainEventBase<'nic-mac-change'> {
  /** The guest's device, for example `'net0'`. */
  readonly alias: string | null;
  readonly oldMac: string | null;
  readonly newMac: string | null;
}
