import { call } from '../calls/call.js';
import { foundObject, foundObjects, type Found } from '../calls/found.js';
import { inTurns } from '../calls/in-turns.js';
import type { ConnectionState } from '../connection-state.js';
import { Domain } from '../domain/domain.js';
import {
  secretUsageTypes,
  type EventNetwork,
  type EventNodeDevice,
  type EventSecret,
  type EventStoragePool,
} from '../events/event-object-types.js';
import { checkFilter } from '../events/filter.js';
import { checkInteger, checkText } from '../arguments.js';
import {
  native,
  type CallArgument,
  type DomainHandle,
  type FoundObject,
  type FoundObjects,
  type Handle,
  type InterfaceHandle,
  type LibvirtFunction,
  type NetworkHandle,
  type NodeDeviceHandle,
  type NwFilterHandle,
  type SecretHandle,
  type StoragePoolHandle,
} from '../native.js';
import { Interface } from '../objects/interface.js';
import { Network } from '../objects/network.js';
import { NodeDevice } from '../objects/node-device.js';
import { NwFilter } from '../objects/nw-filter.js';
import { Secret, type SecretUsageType } from '../objects/secret.js';
import { StoragePool } from '../objects/storage-pool.js';
import type { EventStreams } from './event-streams.js';
import * as lists from './list-options.js';
import { SavedDomains } from './saved-domains.js';

/**
 * How a connection looks up and lists its objects. A look-up rejects with a {@link LibvirtError} when there is
 * no such object; its `code` is `'VIR_ERR_NO_DOMAIN'`, `'VIR_ERR_NO_NETWORK'` and so on.
 */
export abstract class ConnectionObjects extends SavedDomains {
  readonly #state: ConnectionState;
  readonly #streams: EventStreams;

  /** @internal */
  constructor(state: ConnectionState, streams: EventStreams) {
    super({ connection: state, handle: state.handle, title: 'the host' });
    this.#state = state;
    this.#streams = streams;
  }

  /** The domain of this name (virDomainLookupByName). */
  async lookupDomainByName(name: string): Promise<Domain> {
    checkText('name', name);
    return this.#lookUp('virDomainLookupByName', `domain '${name}'`, this.#domain, name);
  }

  /** The domain with this uuid (virDomainLookupByUUIDString); {@link domain} does without this call. */
  async lookupDomainByUuid(uuid: string): Promise<Domain> {
    checkText('uuid', uuid);
    return this.#lookUp('virDomainLookupByUUIDString', `domain with uuid '${uuid}'`, this.#domain, uuid);
  }

  /** The running domain with this number (virDomainLookupByID). */
  async lookupDomainById(id: number): Promise<Domain> {
    checkInteger('id', id, 0, 0x7fffffff);
    return this.#lookUp('virDomainLookupByID', `domain with id ${id}`, this.#domain, id);
  }

  /** The network of this name (virNetworkLookupByName). */
  async lookupNetworkByName(name: string): Promise<Network> {
    checkText('name', name);
    return this.#lookUp('virNetworkLookupByName', `network '${name}'`, this.#network, name);
  }

  /** The network with this uuid (virNetworkLookupByUUIDString). */
  async lookupNetworkByUuid(uuid: string): Promise<Network> {
    checkText('uuid', uuid);
    return this.#lookUp('virNetworkLookupByUUIDString', `network with uuid '${uuid}'`, this.#network, uuid);
  }

  /** The storage pool of this name (virStoragePoolLookupByName). */
  async lookupStoragePoolByName(name: string): Promise<StoragePool> {
    checkText('name', name);
    return this.#lookUp('virStoragePoolLookupByName', `storage pool '${name}'`, this.#storagePool, name);
  }

  /** The storage pool with this uuid (virStoragePoolLookupByUUIDString). */
  async lookupStoragePoolByUuid(uuid: string): Promise<StoragePool> {
    checkText('uuid', uuid);
    return this.#lookUp(
      'virStoragePoolLookupByUUIDString',
      `storage pool with uuid '${uuid}'`,
      this.#storagePool,
      uuid,
    );
  }

  /** The node device of this name (virNodeDeviceLookupByName). */
  async lookupNodeDeviceByName(name: string): Promise<NodeDevice> {
    checkText('name', name);
    return this.#lookUp('virNodeDeviceLookupByName', `node device '${name}'`, this.#nodeDevice, name);
  }

  /** The interface of this name (virInterfaceLookupByName). */
  async lookupInterfaceByName(name: string): Promise<Interface> {
    checkText('name', name);
    return this.#lookUp('virInterfaceLookupByName', `interface '${name}'`, this.#interface, name);
  }

  /** The network filter of this name (virNWFilterLookupByName). */
  async lookupNwFilterByName(name: string): Promise<NwFilter> {
    checkText('name', name);
    return this.#lookUp('virNWFilterLookupByName', `network filter '${name}'`, this.#nwFilter, name);
  }

  /** The network filter with this uuid (virNWFilterLookupByUUIDString). */
  async lookupNwFilterByUuid(uuid: string): Promise<NwFilter> {
    checkText('uuid', uuid);
    return this.#lookUp(
      'virNWFilterLookupByUUIDString',
      `network filter with uuid '${uuid}'`,
      this.#nwFilter,
      uuid,
    );
  }

  /** The secret with this uuid (virSecretLookupByUUIDString). */
  async lookupSecretByUuid(uuid: string): Promise<Secret> {
    checkText('uuid', uuid);
    return this.#lookUp('virSecretLookupByUUIDString', `secret with uuid '${uuid}'`, this.#secret, uuid);
  }

  /**
   * The secret for this use (virSecretLookupByUsage).
   * @param usageId The volume, user or target that the secret is for.
   */
  async lookupSecretByUsage(
    usageType: Exclude<SecretUsageType, 'unknown'>,
    usageId: string,
  ): Promise<Secret> {
    const number = secretUsageTypes.indexOf(usageType);
    if (number === -1) throw new TypeError(`usageType must be one of ${secretUsageTypes.join(', ')}`);
    checkText('usageId', usageId);
    const title = `secret for ${usageType} '${usageId}'`;
    return this.#lookUp('virSecretLookupByUsage', title, this.#secret, number, usageId);
  }

  /** All domains, or those that the options select (virConnectListAllDomains). */
  async listDomains(options: lists.ListDomainsOptions = {}): Promise<Domain[]> {
    const flags = lists.filterFlags('listDomains', options, lists.domainFilters);
    return this.#list('virConnectListAllDomains', 'domains', this.#domain, flags);
  }

  /** All networks, or those that the options select (virConnectListAllNetworks). */
  async listNetworks(options: lists.ListNetworksOptions = {}): Promise<Network[]> {
    const flags = lists.filterFlags('listNetworks', options, lists.networkFilters);
    return this.#list('virConnectListAllNetworks', 'networks', this.#network, flags);
  }

  /** All storage pools, or those that the options select (virConnectListAllStoragePools). */
  async listStoragePools(options: lists.ListStoragePoolsOptions = {}): Promise<StoragePool[]> {
    const flags = lists.filterFlags('listStoragePools', options, lists.storagePoolFilters);
    return this.#list('virConnectListAllStoragePools', 'storage pools', this.#storagePool, flags);
  }

  /** All node devices, or those that the options select (virConnectListAllNodeDevices). */
  async listNodeDevices(options: lists.ListNodeDevicesOptions = {}): Promise<NodeDevice[]> {
    const flags = lists.filterFlags('listNodeDevices', options, lists.nodeDeviceFilters);
    return this.#list('virConnectListAllNodeDevices', 'node devices', this.#nodeDevice, flags);
  }

  /** All secrets, or those that the options select (virConnectListAllSecrets). */
  async listSecrets(options: lists.ListSecretsOptions = {}): Promise<Secret[]> {
    const flags = lists.filterFlags('listSecrets', options, lists.secretFilters);
    return this.#list('virConnectListAllSecrets', 'secrets', this.#secret, flags);
  }

  /** All interfaces, or those that the options select (virConnectListAllInterfaces). */
  async listInterfaces(options: lists.ListInterfacesOptions = {}): Promise<Interface[]> {
    const flags = lists.filterFlags('listInterfaces', options, lists.interfaceFilters);
    return this.#list('virConnectListAllInterfaces', 'interfaces', this.#interface, flags);
  }

  /** All network filters (virConnectListAllNWFilters). */
  async listNwFilters(): Promise<NwFilter[]> {
    return this.#list('virConnectListAllNWFilters', 'network filters', this.#nwFilter, 0);
  }

  /**
   * The domain with this uuid, without asking libvirt: pass an event's `domain`. The domain's first call looks
   * it up. The same holds for the methods below.
   */
  domain(identity: { readonly uuid: string; readonly name?: string; readonly id?: number | null }): Domain {
    const key = checkFilter('a domain', 'uuid', identity);
    return this.#domain(this.#named(native().referToDomain, key, identity.name, identity.id ?? -1));
  }

  /** The network with this uuid; see {@link domain}. */
  network(identity: Pick<EventNetwork, 'uuid'> & Partial<EventNetwork>): Network {
    const key = checkFilter('a network', 'uuid', identity);
    return this.#network(this.#named(native().referToNetwork, key, identity.name));
  }

  /** The storage pool with this uuid; see {@link domain}. */
  storagePool(identity: Pick<EventStoragePool, 'uuid'> & Partial<EventStoragePool>): StoragePool {
    const key = checkFilter('a storage pool', 'uuid', identity);
    return this.#storagePool(this.#named(native().referToStoragePool, key, identity.name));
  }

  /** The node device of this name; see {@link domain}. */
  nodeDevice(identity: EventNodeDevice): NodeDevice {
    const key = checkFilter('a node device', 'name', identity);
    return this.#nodeDevice(this.#named(native().referToNodeDevice, key));
  }

  /** The secret with this uuid; see {@link domain}. */
  secret(identity: Pick<EventSecret, 'uuid'> & Partial<EventSecret>): Secret {
    const key = checkFilter('a secret', 'uuid', identity);
    return this.#secret(this.#named(native().referToSecret, key, identity.usageId, identity.usageTypeNumber));
  }

  /** @internal */
  protected override domainOf(found: Found<DomainHandle>): Domain {
    return this.#domain(found);
  }

  readonly #domain = (found: Found<DomainHandle>) =>
    new Domain(this.#state, found, (type, options) => this.#streams.ofDomains(type, options));
  readonly #network = (found: Found<NetworkHandle>) =>
    new Network(this.#state, found, (type, options) => this.#streams.ofObjects('network', type, options));
  readonly #storagePool = (found: Found<StoragePoolHandle>) =>
    new StoragePool(this.#state, found, (type, options) =>
      this.#streams.ofObjects('storage-pool', type, options),
    );
  readonly #nodeDevice = (found: Found<NodeDeviceHandle>) =>
    new NodeDevice(this.#state, found, (type, options) =>
      this.#streams.ofObjects('node-device', type, options),
    );
  readonly #secret = (found: Found<SecretHandle>) =>
    new Secret(this.#state, found, (type, options) => this.#streams.ofObjects('secret', type, options));
  readonly #interface = (found: Found<InterfaceHandle>) => new Interface(this.#state, found);
  readonly #nwFilter = (found: Found<NwFilterHandle>) => new NwFilter(this.#state, found);

  #lookUp<H extends Handle, Made>(
    name: LibvirtFunction,
    title: string,
    make: (found: Found<H>) => Made,
    ...values: readonly CallArgument[]
  ): Promise<Made> {
    const target = { connection: this.#state, handle: this.#state.handle, title };
    return call(target, name, 'looked up', (found: FoundObject<H>) => make(foundObject(found)), values);
  }

  async #list<H extends Handle, Made>(
    name: LibvirtFunction,
    title: string,
    make: (found: Found<H>) => Made,
    flags: number,
  ): Promise<Made[]> {
    const target = { connection: this.#state, handle: this.#state.handle, title };
    const found = await call(target, name, 'listed', (answer: FoundObjects<H>) => answer, [flags]);
    const objects: Made[] = [];
    await inTurns(foundObjects(found), (each) => objects.push(make(each)));
    return objects;
  }

  /** An object that the user names. */
  #named<H extends Handle>(
    refer: (connection: ConnectionState['handle'], key: string) => H,
    key: string,
    name = '',
    id = -1,
  ): Found<H> {
    this.#state.assertOpen();
    return { handle: () => refer(this.#state.handle, key), key, name, id };
  }
}
