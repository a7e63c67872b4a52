import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import type { Found } from '../calls/found.js';
import type { ValidateOptions } from '../calls/validate-options.js';
import { text } from '../calls/values.js';
import type { EventNetwork } from '../events/event-object-types.js';
import { checkFilter } from '../events/filter.js';
import { native, type NetworkHandle } from '../native.js';
import { Network } from '../objects/network.js';
import { networkFilters, type ListNetworksOptions } from './list-options.js';
import { SavedDomains } from './saved-domains.js';

/** libvirt's virNetworkDefineFlags. */
const defineFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** libvirt's virNetworkCreateFlags. */
const createFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** How a connection finds, lists and makes its networks. */
export abstract class ConnectionNetworks extends SavedDomains {
  /** The network of this name (virNetworkLookupByName). */
  async lookupNetworkByName(name: string, options: CallOptions = {}): Promise<Network> {
    const args = [text('name', name)];
    return this.lookUp('virNetworkLookupByName', `network '${name}'`, this.#network, args, options);
  }

  /** The network with this uuid (virNetworkLookupByUUIDString). */
  async lookupNetworkByUuid(uuid: string, options: CallOptions = {}): Promise<Network> {
    const args = [text('uuid', uuid)];
    const title = `network with uuid '${uuid}'`;
    return this.lookUp('virNetworkLookupByUUIDString', title, this.#network, args, options);
  }

  /** All networks, or those that the options select (virConnectListAllNetworks). */
  async listNetworks(options: ListNetworksOptions = {}): Promise<Network[]> {
    return this.list('virConnectListAllNetworks', 'networks', this.#network, options, networkFilters);
  }

  /**
   * Defines a network that stays, or changes the definition of the one that has its name and uuid
   * (virNetworkDefineXML; virNetworkDefineXMLFlags with `validate`, which needs libvirt 7.7). It doesn't start it.
   * @param xml libvirt's description of the network.
   */
  async defineNetwork(xml: string, options: ValidateOptions = {}): Promise<Network> {
    return this.makeFromXml(
      'virNetworkDefineXML',
      'virNetworkDefineXMLFlags',
      'a network',
      'defined',
      this.#network,
      xml,
      options,
      defineFlags,
    );
  }

  /**
   * Starts a network that is gone when it is stopped (virNetworkCreateXML; virNetworkCreateXMLFlags with `validate`,
   * which needs libvirt 7.8).
   * @param xml libvirt's description of the network.
   */
  async createNetwork(xml: string, options: ValidateOptions = {}): Promise<Network> {
    return this.makeFromXml(
      'virNetworkCreateXML',
      'virNetworkCreateXMLFlags',
      'a network',
      'created',
      this.#network,
      xml,
      options,
      createFlags,
    );
  }

  /** The network with this uuid; see {@link domain}. */
  network(identity: Pick<EventNetwork, 'uuid'> & Partial<EventNetwork>): Network {
    const key = checkFilter('a network', 'uuid', identity);
    return this.#network(this.named(native().referToNetwork, key, identity.name));
  }

  readonly #network = (found: Found<NetworkHandle>) => {
    const { state, streams } = this.shared;
    return new Network(state, found, (type, options) => streams.ofObjects('network', type, options));
  };
}
