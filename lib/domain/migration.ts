import { exactNumber, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { parametersOf } from '../calls/parameters.js';
import { text, unsigned } from '../calls/values.js';
import { DomainBlockJobs } from './block-jobs.js';
import {
  migrateFlags,
  migrationParameters,
  speedFlags,
  type MigrateOptions,
  type MigrationParameters,
  type MigrationSpeedOptions,
} from './migration-options.js';

/** How a domain moves to another host. */
export abstract class DomainMigration extends DomainBlockJobs {
  /**
   * Moves it to another host (virDomainMigrateToURI3). Resolves when it is there. Meanwhile {@link jobStats} tells on
   * another connection how far it is, and {@link abortJob} ends it.
   * @param destination How this host's daemon connects to the other host's, such as `'qemu+tls://host/system'`. It needs
   *   `peer2peer: true`. null for a migration without it, which not all hypervisors have; it needs the parameter `uri`.
   */
  async migrateToUri(
    destination: string | null,
    parameters: MigrationParameters = {},
    options: MigrateOptions = {},
  ): Promise<void> {
    const args = [
      destination === null ? null : text('destination', destination),
      parametersOf('migrateToUri', parameters, migrationParameters),
    ];
    return this.call('virDomainMigrateToURI3', 'migrated', nothing, args, options, migrateFlags);
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
