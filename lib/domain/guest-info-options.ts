import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/** What to ask a guest for. */
export interface GuestInfoOptions extends CallOptions {
  /** Who is logged in. */
  readonly users?: boolean;
  readonly os?: boolean;
  readonly timezone?: boolean;
  readonly hostname?: boolean;
  readonly fileSystems?: boolean;
  readonly disks?: boolean;
  /** Needs libvirt 7.10. */
  readonly interfaces?: boolean;
  /** Needs libvirt 11.2. */
  readonly load?: boolean;
  /** Needs libvirt 12.7. */
  readonly devices?: boolean;
}

/** libvirt's virDomainGuestInfoTypes. */
export const infoTypes: Flags<GuestInfoOptions> = {
  users: 1 << 0,
  os: 1 << 1,
  timezone: 1 << 2,
  hostname: 1 << 3,
  fileSystems: 1 << 4,
  disks: 1 << 5,
  interfaces: 1 << 6,
  load: 1 << 7,
  devices: 1 << 8,
};

/** The types are an argument of their own: none of them is a flag. */
export const infoSelectors: Flags<GuestInfoOptions> = {
  users: null,
  os: null,
  timezone: null,
  hostname: null,
  fileSystems: null,
  disks: null,
  interfaces: null,
  load: null,
  devices: null,
};
