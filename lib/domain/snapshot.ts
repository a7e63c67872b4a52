import { asIs, nothing, yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { checkMade, foundObject, foundObjects, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject, type Place } from '../calls/libvirt-object.js';
import type { FoundObject, FoundObjects, SnapshotHandle } from '../native.js';
import {
  deleteSnapshotFlags,
  listSnapshotChildrenFlags,
  revertSnapshotFlags,
  snapshotXmlFlags,
  type DeleteSnapshotOptions,
  type ListSnapshotChildrenOptions,
  type RevertSnapshotOptions,
  type SnapshotXmlOptions,
} from './snapshot-options.js';

/** A snapshot of a domain: the state of its disks, and of its memory; get one from `domain.createSnapshot`. */
export class Snapshot extends LibvirtObject<SnapshotHandle> {
  readonly name: string;
  readonly #domain: Place;

  /** @internal */
  constructor(domain: Place, found: Found<SnapshotHandle>) {
    checkMade(found, 'a Snapshot', 'createSnapshot() or listSnapshots()');
    super(new ObjectTarget(domain.connection, `snapshot '${found.name}' of ${domain.title}`, found.handle));
    this.name = found.name;
    this.#domain = domain;
  }

  /** Its description, in libvirt's XML (virDomainSnapshotGetXMLDesc). */
  async xml(options: SnapshotXmlOptions = {}): Promise<string> {
    return this.call('virDomainSnapshotGetXMLDesc', 'described', asIs<string>, [], options, snapshotXmlFlags);
  }

  /** Makes its domain as it was then (virDomainRevertToSnapshot). */
  async revert(options: RevertSnapshotOptions = {}): Promise<void> {
    return this.call('virDomainRevertToSnapshot', 'reverted to', nothing, [], options, revertSnapshotFlags);
  }

  /** Deletes it; its domain stays as it is (virDomainSnapshotDelete). */
  async delete(options: DeleteSnapshotOptions = {}): Promise<void> {
    return this.call('virDomainSnapshotDelete', 'deleted', nothing, [], options, deleteSnapshotFlags);
  }

  /** Whether its domain's next snapshot becomes its child (virDomainSnapshotIsCurrent). */
  async isCurrent(options: CallOptions = {}): Promise<boolean> {
    const participle = 'asked whether it is current';
    return this.call('virDomainSnapshotIsCurrent', participle, yesOrNo, [], options, noFlags);
  }

  /** Whether libvirt keeps a record of it (virDomainSnapshotHasMetadata). */
  async hasMetadata(options: CallOptions = {}): Promise<boolean> {
    const participle = 'asked whether it has metadata';
    return this.call('virDomainSnapshotHasMetadata', participle, yesOrNo, [], options, noFlags);
  }

  /**
   * The snapshot that was current when it was made (virDomainSnapshotGetParent). Rejects with the code
   * `'VIR_ERR_NO_DOMAIN_SNAPSHOT'` when there is none.
   */
  async parent(options: CallOptions = {}): Promise<Snapshot> {
    const read = snapshotOf(this.#domain);
    return this.call('virDomainSnapshotGetParent', 'asked for its parent', read, [], options, noFlags);
  }

  /** The snapshots that were made while it was current (virDomainSnapshotListAllChildren). */
  async listChildren(options: ListSnapshotChildrenOptions = {}): Promise<Snapshot[]> {
    const participle = 'asked for its children';
    const read = snapshotsOf(this.#domain);
    return this.call(
      'virDomainSnapshotListAllChildren',
      participle,
      read,
      [],
      options,
      listSnapshotChildrenFlags,
    );
  }
}

/** Makes the `read` for a snapshot of a domain. */
export function snapshotOf(domain: Place): (found: FoundObject<SnapshotHandle>) => Snapshot {
  return (found) => new Snapshot(domain, foundObject(found));
}

/** Makes the `read` for snapshots of a domain. */
export function snapshotsOf(domain: Place): (found: FoundObjects<SnapshotHandle>) => Snapshot[] {
  return (found) => Array.from(foundObjects(found), (each) => new Snapshot(domain, each));
}
