import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { parametersAs, parametersOf, type Parameters } from '../calls/parameters.js';
import type { ConnectionState } from '../connection-state.js';
import type { NetworkPortHandle } from '../native.js';

/** How much traffic a network port lets through. A kB is 1,000 bytes, and a KiB is 1,024. 0 is no limit. */
export interface NetworkPortParameters {
  readonly inboundAverageKBps?: number;
  readonly inboundPeakKBps?: number;
  /** How much may come at once at the peak's speed. */
  readonly inboundBurstKiB?: number;
  /** What is guaranteed. */
  readonly inboundFloorKBps?: number;
  readonly outboundAverageKBps?: number;
  readonly outboundPeakKBps?: number;
  /** How much may go at once at the peak's speed. */
  readonly outboundBurstKiB?: number;
}

const parameters: Parameters<NetworkPortParameters> = {
  inboundAverageKBps: ['inbound.average', 'uint'],
  inboundPeakKBps: ['inbound.peak', 'uint'],
  inboundBurstKiB: ['inbound.burst', 'uint'],
  inboundFloorKBps: ['inbound.floor', 'uint'],
  outboundAverageKBps: ['outbound.average', 'uint'],
  outboundPeakKBps: ['outbound.peak', 'uint'],
  outboundBurstKiB: ['outbound.burst', 'uint'],
};

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
    const read = parametersAs(parameters);
    return this.call('virNetworkPortGetParameters', 'asked for its parameters', read, [], options, noFlags);
  }

  /**
   * Sets how much traffic it lets through (virNetworkPortSetParameters). libvirt sets a whole direction at once: limits
   * of it that are not given are 0.
   */
  async setParameters(values: NetworkPortParameters, options: CallOptions = {}): Promise<void> {
    const args = [parametersOf('setParameters', values, parameters)];
    return this.call('virNetworkPortSetParameters', 'given parameters', nothing, args, options, noFlags);
  }

  /** Removes it from its network (virNetworkPortDelete). */
  async delete(options: CallOptions = {}): Promise<void> {
    return this.call('virNetworkPortDelete', 'deleted', nothing, [], options, noFlags);
  }
}
