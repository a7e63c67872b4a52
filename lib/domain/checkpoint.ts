import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { checkMade, foundObject, foundObjects, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject, type Place } from '../calls/libvirt-object.js';
import type { CheckpointHandle, FoundObject, FoundObjects } from '../native.js';
import {
  checkpointXmlFlags,
  deleteCheckpointFlags,
  listCheckpointChildrenFlags,
  type CheckpointXmlOptions,
  type DeleteCheckpointOptions,
  type ListCheckpointChildrenOptions,
} from './checkpoint-options.js';

/**
 * A checkpoint of a domain: a point in time from which on the writes to its disks are noted. A backup needs only what was
 * written since. Get one from `domain.createCheckpoint`.
 */
export class DomainCheckpoint extends LibvirtObject<CheckpointHandle> {
  readonly name: string;
  readonly #domain: Place;

  /** @internal */
  constructor(domain: Place, found: Found<CheckpointHandle>) {
    checkMade(found, 'a DomainCheckpoint', 'createCheckpoint() or listCheckpoints()');
    super(new ObjectTarget(domain.connection, `checkpoint '${found.name}' of ${domain.title}`, found.handle));
    this.name = found.name;
    this.#domain = domain;
  }

  /** Its description, in libvirt's XML (virDomainCheckpointGetXMLDesc). */
  async xml(options: CheckpointXmlOptions = {}): Promise<string> {
    const participle = 'described';
    return this.call(
      'virDomainCheckpointGetXMLDesc',
      participle,
      asIs<string>,
      [],
      options,
      checkpointXmlFlags,
    );
  }

  /** Deletes it; the disks' data stays as it is (virDomainCheckpointDelete). */
  async delete(options: DeleteCheckpointOptions = {}): Promise<void> {
    return this.call('virDomainCheckpointDelete', 'deleted', nothing, [], options, deleteCheckpointFlags);
  }

  /**
   * The checkpoint before it (virDomainCheckpointGetParent). Rejects with the code `'VIR_ERR_NO_DOMAIN_CHECKPOINT'` when
   * there is none.
   */
  async parent(options: CallOptions = {}): Promise<DomainCheckpoint> {
    const read = checkpointOf(this.#domain);
    return this.call('virDomainCheckpointGetParent', 'asked for its parent', read, [], options, noFlags);
  }

  /** The checkpoints after it (virDomainCheckpointListAllChildren). */
  async listChildren(options: ListCheckpointChildrenOptions = {}): Promise<DomainCheckpoint[]> {
    const participle = 'asked for its children';
    const read = checkpointsOf(this.#domain);
    return this.call(
      'virDomainCheckpointListAllChildren',
      participle,
      read,
      [],
      options,
      listCheckpointChildrenFlags,
    );
  }
}

/** Makes the `read` for a checkpoint of a domain. */
export function checkpointOf(domain: Place): (found: FoundObject<CheckpointHandle>) => DomainCheckpoint {
  return (found) => new DomainCheckpoint(domain, foundObject(found));
}

/** Makes the `read` for checkpoints of a domain. */
export function checkpointsOf(domain: Place): (found: FoundObjects<CheckpointHandle>) => DomainCheckpoint[] {
  return (found) => Array.from(foundObjects(found), (each) => new DomainCheckpoint(domain, each));
}
