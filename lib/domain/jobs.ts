import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { optionalText, text } from '../calls/values.js';
import { DomainInterfaces } from './interfaces.js';
import { domainJobStats, type DomainJobStats } from './job-stats.js';

/** How to abort a job. */
export interface AbortJobOptions extends CallOptions {
  /** Aborts also a migration whose guest runs on the other host already. It is paused there. Needs libvirt 8.5. */
  readonly postcopy?: boolean;
}

/** Which job to tell about. */
export interface JobStatsOptions extends CallOptions {
  /** The job that has ended last. libvirt forgets it when it has told. */
  readonly completed?: boolean;
  /** libvirt doesn't forget the job that has ended. */
  readonly keepCompleted?: boolean;
}

/** How to begin a backup. */
export interface BeginBackupOptions extends CallOptions {
  /** The description of a checkpoint, which is made together with the backup. */
  readonly checkpointXml?: string;
  /** The files of the backup exist already. */
  readonly reuseExternal?: boolean;
  /** Keeps the backup's files on the host readable when the guest shuts down meanwhile. Needs libvirt 11.10. */
  readonly preserveShutdownDomain?: boolean;
}

/** libvirt's virDomainAbortJobFlagsValues. */
const abortFlags: Flags<AbortJobOptions> = { postcopy: 1 << 0 };

/** libvirt's virDomainGetJobStatsFlags. */
const statsFlags: Flags<JobStatsOptions> = { completed: 1 << 0, keepCompleted: 1 << 1 };

/** libvirt's virDomainBackupBeginFlags. */
const backupFlags: Flags<BeginBackupOptions> = {
  checkpointXml: null,
  reuseExternal: 1 << 0,
  preserveShutdownDomain: 1 << 1,
};

/**
 * The work that a domain does in the background: a migration, a backup, saving its state. It has one job at a time. A
 * method such as `migrateToUri` is answered only at the end of its job. A connection to a daemon makes one call at once,
 * unless `callsAtOnce` says otherwise. So use another connection for what is asked and done meanwhile.
 */
export abstract class DomainJobs extends DomainInterfaces {
  /** How far its job is (virDomainGetJobStats). The domain has to run. See {@link DomainJobs} for the connection to use. */
  async jobStats(options: JobStatsOptions = {}): Promise<DomainJobStats> {
    return this.call('virDomainGetJobStats', 'asked for its job', domainJobStats, [], options, statsFlags);
  }

  /**
   * Aborts its job (virDomainAbortJob; with `postcopy` virDomainAbortJobFlags). See {@link DomainJobs} for the connection
   * to use.
   */
  async abortJob(options: AbortJobOptions = {}): Promise<void> {
    const participle = 'stopped from its job';
    return 'postcopy' in options
      ? this.call('virDomainAbortJobFlags', participle, nothing, [], options, abortFlags)
      : this.call('virDomainAbortJob', participle, nothing, [], options);
  }

  /**
   * Begins a backup of its disks (virDomainBackupBegin). It goes on as a job when the promise has resolved.
   * @param xml Which disks, and where to.
   */
  async beginBackup(xml: string, options: BeginBackupOptions = {}): Promise<void> {
    const args = [text('xml', xml), optionalText('checkpointXml', options.checkpointXml)];
    return this.call('virDomainBackupBegin', 'backed up', nothing, args, options, backupFlags);
  }

  /** The backup that is under way, in libvirt's XML (virDomainBackupGetXMLDesc). */
  async backupXml(options: CallOptions = {}): Promise<string> {
    return this.call('virDomainBackupGetXMLDesc', 'asked for its backup', asIs<string>, [], options, noFlags);
  }
}
