import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/** How to make a checkpoint. */
export interface CreateCheckpointOptions extends CallOptions {
  /** Makes nothing: libvirt learns of a checkpoint that was there before, from its XML. */
  readonly redefine?: boolean;
  /** The guest's agent freezes the file systems meanwhile. */
  readonly quiesce?: boolean;
  /** With `redefine`: libvirt looks whether the disks have the checkpoint. */
  readonly redefineValidate?: boolean;
}

/** Which checkpoints to list. */
export interface ListCheckpointsOptions extends CallOptions {
  /** Only those without a parent. */
  readonly roots?: boolean;
  /** No checkpoint comes before its parent. */
  readonly topological?: boolean;
  /** Those without children, or with false those that have some. */
  readonly leaves?: boolean;
}

/** Which children of a checkpoint to list. */
export interface ListCheckpointChildrenOptions extends Omit<ListCheckpointsOptions, 'roots'> {
  /** Their children too, and so on. */
  readonly descendants?: boolean;
}

/** What to delete. */
export interface DeleteCheckpointOptions extends CallOptions {
  /** Its children too, and so on. */
  readonly children?: boolean;
  /** Only libvirt's record of it. */
  readonly metadataOnly?: boolean;
  /** Only its children, and so on. */
  readonly childrenOnly?: boolean;
}

/** Which description of a checkpoint to get. */
export interface CheckpointXmlOptions extends CallOptions {
  /** With passwords. Needs a connection that isn't read-only. */
  readonly secure?: boolean;
  /** Without the definition that the domain had then. */
  readonly noDomain?: boolean;
  /** With how much was written to each disk since. */
  readonly size?: boolean;
}

/** libvirt's virDomainCheckpointCreateFlags. */
export const createCheckpointFlags: Flags<CreateCheckpointOptions> = {
  redefine: 1 << 0,
  quiesce: 1 << 1,
  redefineValidate: 1 << 2,
};

/** libvirt's virDomainCheckpointListFlags. */
export const listCheckpointsFlags: Flags<ListCheckpointsOptions> = {
  roots: 1 << 0,
  topological: 1 << 1,
  leaves: [1 << 2, 1 << 3],
};

/** libvirt's virDomainCheckpointListFlags. */
export const listCheckpointChildrenFlags: Flags<ListCheckpointChildrenOptions> = {
  descendants: 1 << 0,
  topological: 1 << 1,
  leaves: [1 << 2, 1 << 3],
};

/** libvirt's virDomainCheckpointDeleteFlags. */
export const deleteCheckpointFlags: Flags<DeleteCheckpointOptions> = {
  children: 1 << 0,
  metadataOnly: 1 << 1,
  childrenOnly: 1 << 2,
};

/** libvirt's virDomainCheckpointXMLFlags. */
export const checkpointXmlFlags: Flags<CheckpointXmlOptions> = {
  secure: 1 << 0,
  noDomain: 1 << 1,
  size: 1 << 2,
};
