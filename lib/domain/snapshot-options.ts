import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/** How to make a snapshot. */
export interface CreateSnapshotOptions extends CallOptions {
  /** Makes nothing: libvirt learns of a snapshot that was there before, from its XML. */
  readonly redefine?: boolean;
  /** With `redefine`: it becomes the current one. */
  readonly current?: boolean;
  /** libvirt keeps no record of it. */
  readonly noMetadata?: boolean;
  /** The domain is stopped afterwards. */
  readonly halt?: boolean;
  /** Only the disks, without the memory. */
  readonly diskOnly?: boolean;
  /** The files exist already. */
  readonly reuseExt?: boolean;
  /** The guest's agent freezes the file systems meanwhile. With `diskOnly`. */
  readonly quiesce?: boolean;
  /** Changes nothing if not everything can be done. */
  readonly atomic?: boolean;
  /** The guest runs while its memory is saved. */
  readonly live?: boolean;
  /** The XML has to fit libvirt's schema. */
  readonly validate?: boolean;
}

/** Which snapshots to list. */
export interface ListSnapshotsOptions extends CallOptions {
  /** Only those without a parent. */
  readonly roots?: boolean;
  /** Those of which libvirt keeps a record, or with false the others. */
  readonly metadata?: boolean;
  /** Those without children, or with false those that have some. */
  readonly leaves?: boolean;
  /** Those that were made while the domain was stopped, while it ran, or of the disks only. */
  readonly taken?: 'inactive' | 'active' | 'disk-only';
  /** Those that are in files of their own, or with false those that are in the domain's disks. */
  readonly external?: boolean;
  /** No snapshot comes before its parent. */
  readonly topological?: boolean;
}

/** Which children of a snapshot to list. */
export interface ListSnapshotChildrenOptions extends Omit<ListSnapshotsOptions, 'roots'> {
  /** Their children too, and so on. */
  readonly descendants?: boolean;
}

/** How to revert to a snapshot. */
export interface RevertSnapshotOptions extends CallOptions {
  /** How the domain is afterwards; unless given, as it was when the snapshot was made. */
  readonly state?: 'running' | 'paused';
  /** Also when libvirt can't be sure that it is safe. */
  readonly force?: boolean;
  /** Resets the variables of its firmware. Needs libvirt 8.1. */
  readonly resetNvram?: boolean;
}

/** What to delete. */
export interface DeleteSnapshotOptions extends CallOptions {
  /** Its children too, and so on. */
  readonly children?: boolean;
  /** Only libvirt's record of it. */
  readonly metadataOnly?: boolean;
  /** Only its children, and so on. */
  readonly childrenOnly?: boolean;
}

/** Which description of a snapshot to get. */
export interface SnapshotXmlOptions extends CallOptions {
  /** With passwords. Needs a connection that isn't read-only. */
  readonly secure?: boolean;
}

/** libvirt's virDomainSnapshotCreateFlags. */
export const createSnapshotFlags: Flags<CreateSnapshotOptions> = {
  redefine: 1 << 0,
  current: 1 << 1,
  noMetadata: 1 << 2,
  halt: 1 << 3,
  diskOnly: 1 << 4,
  reuseExt: 1 << 5,
  quiesce: 1 << 6,
  atomic: 1 << 7,
  live: 1 << 8,
  validate: 1 << 9,
};

/** libvirt's virDomainSnapshotListFlags. */
export const listSnapshotsFlags: Flags<ListSnapshotsOptions> = {
  roots: 1 << 0,
  metadata: [1 << 1, 1 << 4],
  leaves: [1 << 2, 1 << 3],
  taken: { inactive: 1 << 5, active: 1 << 6, 'disk-only': 1 << 7 },
  external: [1 << 9, 1 << 8],
  topological: 1 << 10,
};

/** libvirt's virDomainSnapshotListFlags. */
export const listSnapshotChildrenFlags: Flags<ListSnapshotChildrenOptions> = {
  descendants: 1 << 0,
  metadata: [1 << 1, 1 << 4],
  leaves: [1 << 2, 1 << 3],
  taken: { inactive: 1 << 5, active: 1 << 6, 'disk-only': 1 << 7 },
  external: [1 << 9, 1 << 8],
  topological: 1 << 10,
};

/** libvirt's virDomainSnapshotRevertFlags. */
export const revertSnapshotFlags: Flags<RevertSnapshotOptions> = {
  state: { running: 1 << 0, paused: 1 << 1 },
  force: 1 << 2,
  resetNvram: 1 << 3,
};

/** libvirt's virDomainSnapshotDeleteFlags. */
export const deleteSnapshotFlags: Flags<DeleteSnapshotOptions> = {
  children: 1 << 0,
  metadataOnly: 1 << 1,
  childrenOnly: 1 << 2,
};

/** libvirt's virDomainSnapshotXMLFlags. */
export const snapshotXmlFlags: Flags<SnapshotXmlOptions> = { secure: 1 << 0 };
