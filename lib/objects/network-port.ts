import { asIs, nothing } from '../calls/answers.js';
import { bandwidth, type Bandwidth } from '../calls/bandwidth.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { parametersAs, parametersOf } from '../calls/parameters.js';
import type { ConnectionState } from '../connection-state.js';
import type { NetworkPortHandle } from '../native.js';

/** How much traffic a network port lets through. */
export type NetworkPortParameters = Bandwidth;

/**
 * A port of a virtual network: the place of one interface, usually of a domain's. Get one from `network.listPorts` or
 * `network.lookupPortByUuid`.
 */
export class NetworkPort extends LibvirtObject<NetworkPortHandle> {
  readonly uuid: string;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<NetworkPortHandle>) {
    checkMade(found, 'a NetworkPort', "a network's lookupPortByUuid()");
    super(new ObjectTarget(connection, `network port with uuid '${found.key}'`, found.handle));
    this.uuid = found.key;
  }

  /** Its definition, in libvirt's XML (virNetworkPortGetXMLDesc). */
  async xml(options: CallOptions = {}): Promise<string> {
    return this.call('virNetworkPortGetXMLDesc', 'described', asIs<string>, [], options, noFlags);
  }

  /** How much traffic it lets through (virNetworkPortGetParameters). */
  async parameters(options: CallOptions = {}): Promise<NetworkPortParameters> {
    const read = parametersAs<NetworkPortParameters>(bandwidth);
    return this.call('virNetworkPortGetParameters', 'asked for its parameters', read, [], options, noFlags);
  }

  /**
   * Sets how much traffic it lets through (virNetworkPortSetParameters). libvirt sets a whole direction at once: limits
   * of it that are not given are 0.
   */
  async setParameters(values: NetworkPortParameters, options: CallOptions = {}): Promise<void> {
    const args = [parametersOf('setParameters', values, bandwidth)];
    return this.call('virNetworkPortSetParameters', 'given parameters', nothing, args, options, noFlags);
  }

  /** Removes it from its network (virNetworkPortDelete). */
  async delete(options: CallOptions = {}): Promise<void> {
    return this.call('virNetworkPortDelete', 'deleted', nothing, [], options, noFlags);
  }
}
