import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { text } from '../calls/values.js';
import {
  createCheckpointFlags,
  listCheckpointsFlags,
  type CreateCheckpointOptions,
  type ListCheckpointsOptions,
} from './checkpoint-options.js';
import { checkpointOf, checkpointsOf, type DomainCheckpoint } from './checkpoint.js';
import { DomainSnapshots } from './snapshots.js';

/** The checkpoints of a domain. */
export abstract class DomainCheckpoints extends DomainSnapshots {
  /**
   * Makes a checkpoint of its disks (virDomainCheckpointCreateXML). With QEMU the domain has to run.
   * @param xml Its name and its description, and which disks. libvirt chooses what is missing:
   *   `'<domaincheckpoint/>'` is enough.
   */
  async createCheckpoint(xml: string, options: CreateCheckpointOptions = {}): Promise<DomainCheckpoint> {
    const args = [text('xml', xml)];
    const read = checkpointOf(LibvirtObject.placeOf(this));
    const participle = 'given a checkpoint';
    return this.call('virDomainCheckpointCreateXML', participle, read, args, options, createCheckpointFlags);
  }

  /** All of its checkpoints, or those that the options select (virDomainListAllCheckpoints). */
  async listCheckpoints(options: ListCheckpointsOptions = {}): Promise<DomainCheckpoint[]> {
    const read = checkpointsOf(LibvirtObject.placeOf(this));
    const participle = 'asked for its checkpoints';
    return this.call('virDomainListAllCheckpoints', participle, read, [], options, listCheckpointsFlags);
  }

  /**
   * Its checkpoint of this name (virDomainCheckpointLookupByName). Rejects with the code
   * `'VIR_ERR_NO_DOMAIN_CHECKPOINT'` when there is none.
   */
  async lookupCheckpointByName(name: string, options: CallOptions = {}): Promise<DomainCheckpoint> {
    const args = [text('name', name)];
    const read = checkpointOf(LibvirtObject.placeOf(this));
    const participle = 'asked for a checkpoint';
    return this.call('virDomainCheckpointLookupByName', participle, read, args, options, noFlags);
  }
}
