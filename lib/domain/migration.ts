import { describe } from '../arguments.js';
import { exactNumber, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { checkedFlags, noFlags } from '../calls/flags.js';
import { parametersOf } from '../calls/parameters.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { checkAllow, checkUri } from '../calls/uri-safety.js';
import { text, unsigned } from '../calls/values.js';
import type { ConnectionHandle } from '../native.js';
import { DomainBlockJobs } from './block-jobs.js';
import { migrateBetween } from './migrate-between.js';
import {
  migrateFlags,
  migrationParameters,
  speedFlags,
  migrateToUriFlags,
  type MigrateOptions,
  type MigrateToUriOptions,
  type MigrationParameters,
  type MigrationSpeedOptions,
} from './migration-options.js';

/** A `Connection`, as {@link DomainMigration.migrate} takes it. */
export type MigrationDestination<Moved> = LibvirtObject<ConnectionHandle> & {
  domain(identity: { readonly uuid: string; readonly name: string; readonly id: number }): Moved;
};

/** How a domain moves to another host. */
export abstract class DomainMigration extends DomainBlockJobs {
  abstract readonly uuid: string;

  /**
   * Moves it to the host of another connection (virDomainMigrate3). This program speaks with both hosts, so they need no
   * way to each other's daemons. Resolves with the domain there. It uses a further connection to each host:
   * {@link jobStats} and `jobProgress` tell meanwhile how far it is, and {@link abortJob} ends it.
   * @param destination An open `Connection`.
   * @throws {ConnectionClosedError} when one of both connections is closed or lost. The migration goes on then, as after a
   *   timeout, and the process stays until it has ended: libvirt would leave the guest between both hosts.
   */
  async migrate<Moved>(
    destination: MigrationDestination<Moved>,
    parameters: MigrationParameters = {},
    options: MigrateOptions = {},
  ): Promise<Moved> {
    if (!(destination instanceof LibvirtObject) || typeof destination.domain !== 'function')
      throw new TypeError(`destination must be a Connection, got ${describe(destination)}`);
    const bits = checkedFlags('virDomainMigrate3', options, migrateFlags);
    const found = await migrateBetween(
      {
        from: LibvirtObject.placeOf(this),
        to: LibvirtObject.placeOf(destination).connection,
        uuid: this.uuid,
      },
      [parametersOf('migrate', parameters, migrationParameters), bits],
      options,
    );
    return destination.domain(found);
  }

  /**
   * Moves it to another host (virDomainMigrateToURI3). Resolves when it is there. Meanwhile {@link jobStats} tells on
   * another connection how far it is, and {@link abortJob} ends it.
   * @param destination How this host's daemon connects to the other host's, such as `'qemu+tls://host/system'`. It needs
   *   `peer2peer: true`. null for a migration without it, which not all hypervisors have; it needs the parameter `uri`.
   * @throws {UnsafeUriError} when the destination does what `allow` doesn't name.
   */
  async migrateToUri(
    destination: string | null,
    parameters: MigrationParameters = {},
    options: MigrateToUriOptions = {},
  ): Promise<void> {
    const { allow = [] } = options;
    checkAllow(allow);
    if (destination !== null) checkUri(text('destination', destination), allow);
    const args = [destination, parametersOf('migrateToUri', parameters, migrationParameters)];
    return this.call('virDomainMigrateToURI3', 'migrated', nothing, args, options, migrateToUriFlags);
  }

  /**
   * Lets the guest run on the other host from now on (virDomainMigrateStartPostCopy). The migration needs the option
   * `postcopy`, and this call another connection.
   */
  async startPostCopy(options: CallOptions = {}): Promise<void> {
    return this.call('virDomainMigrateStartPostCopy', 'switched to post-copy', nothing, [], options, noFlags);
  }

  /** The greatest bandwidth of its migrations, in MiB/s (virDomainMigrateGetMaxSpeed). */
  async migrationMaxSpeed(options: MigrationSpeedOptions = {}): Promise<number> {
    const participle = 'asked for its migration speed';
    return this.call('virDomainMigrateGetMaxSpeed', participle, exactNumber, [], options, speedFlags);
  }

  /** Limits the bandwidth of its migrations (virDomainMigrateSetMaxSpeed). */
  async setMigrationMaxSpeed(bandwidthMiBps: number, options: MigrationSpeedOptions = {}): Promise<void> {
    const args = [unsigned('bandwidthMiBps', bandwidthMiBps, Number.MAX_SAFE_INTEGER)];
    const participle = 'limited in its migration speed';
    return this.call('virDomainMigrateSetMaxSpeed', participle, nothing, args, options, speedFlags);
  }

  /** How long a live migration may stop the guest, in milliseconds (virDomainMigrateGetMaxDowntime). */
  async migrationMaxDowntime(options: CallOptions = {}): Promise<number> {
    const participle = 'asked for its downtime';
    return this.call('virDomainMigrateGetMaxDowntime', participle, exactNumber, [], options, noFlags);
  }

  /** Sets how long a live migration may stop the guest (virDomainMigrateSetMaxDowntime). The domain has to run. */
  async setMigrationMaxDowntime(downtimeMs: number, options: CallOptions = {}): Promise<void> {
    const args = [unsigned('downtimeMs', downtimeMs, Number.MAX_SAFE_INTEGER)];
    const participle = 'limited in its downtime';
    return this.call('virDomainMigrateSetMaxDowntime', participle, nothing, args, options, noFlags);
  }

  /** The size of the cache for compressed migrations, in bytes (virDomainMigrateGetCompressionCache). */
  async migrationCompressionCache(options: CallOptions = {}): Promise<number> {
    const participle = 'asked for its compression cache';
    return this.call('virDomainMigrateGetCompressionCache', participle, exactNumber, [], options, noFlags);
  }

  /** Sets the size of the cache for compressed migrations (virDomainMigrateSetCompressionCache). */
  async setMigrationCompressionCache(bytes: number, options: CallOptions = {}): Promise<void> {
    const args = [unsigned('bytes', bytes, Number.MAX_SAFE_INTEGER)];
    const participle = 'given a compression cache';
    return this.call('virDomainMigrateSetCompressionCache', participle, nothing, args, options, noFlags);
  }
}
