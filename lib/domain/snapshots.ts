import { yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { text } from '../calls/values.js';
import { DomainQemu } from './qemu.js';
import {
  createSnapshotFlags,
  listSnapshotsFlags,
  type CreateSnapshotOptions,
  type ListSnapshotsOptions,
} from './snapshot-options.js';
import { snapshotOf, snapshotsOf, type Snapshot } from './snapshot.js';

/** The snapshots of a domain. */
export abstract class DomainSnapshots extends DomainQemu {
  /**
   * Makes a snapshot of it (virDomainSnapshotCreateXML).
   * @param xml Its name and its description, and what to do with each disk. libvirt chooses what is missing:
   *   `'<domainsnapshot/>'` is enough.
   */
  async createSnapshot(xml: string, options: CreateSnapshotOptions = {}): Promise<Snapshot> {
    const args = [text('xml', xml)];
    const read = snapshotOf(LibvirtObject.placeOf(this));
    const participle = 'kept in a snapshot';
    return this.call('virDomainSnapshotCreateXML', participle, read, args, options, createSnapshotFlags);
  }

  /** All of its snapshots, or those that the options select (virDomainListAllSnapshots). */
  async listSnapshots(options: ListSnapshotsOptions = {}): Promise<Snapshot[]> {
    const read = snapshotsOf(LibvirtObject.placeOf(this));
    const participle = 'asked for its snapshots';
    return this.call('virDomainListAllSnapshots', participle, read, [], options, listSnapshotsFlags);
  }

  /**
   * Its snapshot of this name (virDomainSnapshotLookupByName). Rejects with the code `'VIR_ERR_NO_DOMAIN_SNAPSHOT'` when
   * there is none. So does {@link currentSnapshot}.
   */
  async lookupSnapshotByName(name: string, options: CallOptions = {}): Promise<Snapshot> {
    const args = [text('name', name)];
    const read = snapshotOf(LibvirtObject.placeOf(this));
    const participle = 'asked for a snapshot';
    return this.call('virDomainSnapshotLookupByName', participle, read, args, options, noFlags);
  }

  /** The snapshot that it has made or reverted to last (virDomainSnapshotCurrent). */
  async currentSnapshot(options: CallOptions = {}): Promise<Snapshot> {
    const read = snapshotOf(LibvirtObject.placeOf(this));
    const participle = 'asked for its current snapshot';
    return this.call('virDomainSnapshotCurrent', participle, read, [], options, noFlags);
  }

  /** Whether there is a {@link currentSnapshot} (virDomainHasCurrentSnapshot). */
  async hasCurrentSnapshot(options: CallOptions = {}): Promise<boolean> {
    const participle = 'asked whether it has a current snapshot';
    return this.call('virDomainHasCurrentSnapshot', participle, yesOrNo, [], options, noFlags);
  }
}
