import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import type { UriPermission } from '../errors/unsafe-uri-error.js';
import type { Parameters } from '../calls/parameters.js';

/** Where and how a domain moves to another host. */
export interface MigrationParameters {
  /** Where the memory is sent, such as `'tcp://host'` or `'unix:///path'`. The hosts find one unless it is given. */
  readonly uri?: string;
  /** The domain's name on the other host. */
  readonly destinationName?: string;
  /** Its definition on the other host. Only what belongs to the host may differ. */
  readonly destinationXml?: string;
  /** Its definition there for the next start. With `persistDest`. */
  readonly persistentXml?: string;
  readonly bandwidthMiBps?: number;
  /** The bandwidth when the guest runs on the other host already. */
  readonly bandwidthPostcopyMiBps?: number;
  /** The bandwidth that there is for the end, when the guest is stopped. Needs libvirt 11.1. */
  readonly bandwidthAvailSwitchoverMiBps?: number;
  /** Where clients of the domain's display are sent. */
  readonly graphicsUri?: string;
  /** The address at which the other host listens. */
  readonly listenAddress?: string;
  /** The targets of the disks to copy, such as `'vda'`. With `nonSharedDisk` or `nonSharedInc`. */
  readonly migrateDisks?: readonly string[];
  /** The targets of the disks in which zeros are looked for. Needs libvirt 10.9. */
  readonly migrateDisksDetectZeroes?: readonly string[];
  /** The targets of the disks that have only zeros on the other host. Needs libvirt 12.2. */
  readonly migrateDisksTargetZero?: readonly string[];
  /** The port at which the other host receives disks. */
  readonly disksPort?: number;
  /** Where disks are sent: `'tcp://host:port'` or `'unix:///path'`. */
  readonly disksUri?: string;
  /** How the memory is compressed. `'zlib'` and `'zstd'` need libvirt 9.4. */
  readonly compression?: readonly ('xbzrle' | 'mt' | 'zlib' | 'zstd')[];
  /** From 0 for none to 9. */
  readonly compressionMtLevel?: number;
  readonly compressionMtThreads?: number;
  /** The threads that decompress. */
  readonly compressionMtDthreads?: number;
  readonly compressionXbzrleCacheBytes?: number;
  /** From 0 for none to 9. Needs libvirt 9.4. */
  readonly compressionZlibLevel?: number;
  /** From 0 for none to 20. Needs libvirt 9.4. */
  readonly compressionZstdLevel?: number;
  /** How much the guest's cpus are slowed down at first. With `autoConverge`. */
  readonly autoConvergeInitialPercent?: number;
  /** How much more they are slowed down each time. With `autoConverge`. */
  readonly autoConvergeIncrementPercent?: number;
  /** With `parallel`. */
  readonly parallelConnections?: number;
  /** The name that the other host's certificate has. With `tls`. */
  readonly tlsDestination?: string;
}

/** The typed parameters of virDomainMigrateToURI3. */
export const migrationParameters: Parameters<MigrationParameters> = {
  uri: ['migrate_uri', 'string'],
  destinationName: ['destination_name', 'string'],
  destinationXml: ['destination_xml', 'string'],
  persistentXml: ['persistent_xml', 'string'],
  bandwidthMiBps: ['bandwidth', 'ullong'],
  bandwidthPostcopyMiBps: ['bandwidth.postcopy', 'ullong'],
  bandwidthAvailSwitchoverMiBps: ['bandwidth.avail.switchover', 'ullong'],
  graphicsUri: ['graphics_uri', 'string'],
  listenAddress: ['listen_address', 'string'],
  migrateDisks: ['migrate_disks', 'string', 'list'],
  migrateDisksDetectZeroes: ['migrate_disks_detect_zeroes', 'string', 'list'],
  migrateDisksTargetZero: ['migrate_disks_target_zero', 'string', 'list'],
  disksPort: ['disks_port', 'int'],
  disksUri: ['disks_uri', 'string'],
  compression: ['compression', ['xbzrle', 'mt', 'zlib', 'zstd'], 'list'],
  compressionMtLevel: ['compression.mt.level', 'int'],
  compressionMtThreads: ['compression.mt.threads', 'int'],
  compressionMtDthreads: ['compression.mt.dthreads', 'int'],
  compressionXbzrleCacheBytes: ['compression.xbzrle.cache', 'ullong'],
  compressionZlibLevel: ['compression.zlib.level', 'int'],
  compressionZstdLevel: ['compression.zstd.level', 'int'],
  autoConvergeInitialPercent: ['auto_converge.initial', 'int'],
  autoConvergeIncrementPercent: ['auto_converge.increment', 'int'],
  parallelConnections: ['parallel.connections', 'int'],
  tlsDestination: ['tls.destination', 'string'],
};

/** What is done to a domain that moves to another host. */
export interface MigrateOptions extends CallOptions {
  /** The guest runs while it moves. */
  readonly live?: boolean;
  /** Its definition stays on the other host when it stops. */
  readonly persistDest?: boolean;
  /** Its definition is removed from this host. */
  readonly undefineSource?: boolean;
  /** It is paused on the other host. */
  readonly paused?: boolean;
  /** Copies its disks, with all backing files. */
  readonly nonSharedDisk?: boolean;
  /** Copies the uppermost file of each disk; the other host has the same backing files. */
  readonly nonSharedInc?: boolean;
  /** Nobody may change its definition meanwhile. Always so with `peer2peer`. */
  readonly changeProtection?: boolean;
  /** Moves it although libvirt can't be sure that its disks stay whole. */
  readonly unsafe?: boolean;
  /** Moves only the definition of a domain that doesn't run. */
  readonly offline?: boolean;
  /** Compresses the memory; see {@link MigrationParameters.compression}. */
  readonly compressed?: boolean;
  /** Gives up when a disk fails. */
  readonly abortOnError?: boolean;
  /** Slows the guest down, if it writes faster than its memory is sent. */
  readonly autoConverge?: boolean;
  /** Keeps the guest's memory from being swapped, for RDMA. */
  readonly rdmaPinAll?: boolean;
  /** {@link DomainMigration.startPostCopy} may be called. */
  readonly postcopy?: boolean;
  readonly tls?: boolean;
  /** Sends the memory through several connections. */
  readonly parallel?: boolean;
  /** The guest's writes wait for the copy of a disk, so that the copy catches up. Needs libvirt 8.0. */
  readonly nonSharedSynchronousWrites?: boolean;
  /** Goes on with a post-copy migration that failed. Needs libvirt 8.5. */
  readonly postcopyResume?: boolean;
  /** The kernel sends the memory without copying it. With `parallel`. Needs libvirt 8.5. */
  readonly zerocopy?: boolean;
}

/** What is done to a domain that moves between hosts whose daemons find the way by themselves. */
export interface MigrateToUriOptions extends MigrateOptions {
  /** What the URI of the other host may do, as with `Connection.open`: it is this host's daemon that opens it. */
  readonly allow?: readonly UriPermission[];
  /** The hosts talk to each other. QEMU needs it. */
  readonly peer2peer?: boolean;
  /** The memory goes through the connection between the hosts' daemons. With `peer2peer`. */
  readonly tunnelled?: boolean;
}

/** libvirt's virDomainMigrateFlags. */
export const migrateFlags: Flags<MigrateOptions> = {
  live: 1 << 0,
  persistDest: 1 << 3,
  undefineSource: 1 << 4,
  paused: 1 << 5,
  nonSharedDisk: 1 << 6,
  nonSharedInc: 1 << 7,
  changeProtection: 1 << 8,
  unsafe: 1 << 9,
  offline: 1 << 10,
  compressed: 1 << 11,
  abortOnError: 1 << 12,
  autoConverge: 1 << 13,
  rdmaPinAll: 1 << 14,
  postcopy: 1 << 15,
  tls: 1 << 16,
  parallel: 1 << 17,
  nonSharedSynchronousWrites: 1 << 18,
  postcopyResume: 1 << 19,
  zerocopy: 1 << 20,
};

/** libvirt's virDomainMigrateFlags, too. */
export const migrateToUriFlags: Flags<MigrateToUriOptions> = {
  ...migrateFlags,
  peer2peer: 1 << 1,
  tunnelled: 1 << 2,
  allow: null,
};

/** Which speed is meant. */
export interface MigrationSpeedOptions extends CallOptions {
  /** That after the guest runs on the other host. */
  readonly postcopy?: boolean;
}

/** libvirt's virDomainMigrateMaxSpeedFlags. */
export const speedFlags: Flags<MigrationSpeedOptions> = { postcopy: 1 << 0 };
