import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import type { Found } from '../calls/found.js';
import type { ValidateOptions } from '../calls/validate-options.js';
import { text } from '../calls/values.js';
import type { NwFilterBindingHandle, NwFilterHandle } from '../native.js';
import { NwFilterBinding } from '../objects/nw-filter-binding.js';
import { NwFilter } from '../objects/nw-filter.js';
import { ConnectionSecrets } from './connection-secrets.js';

/** libvirt's virNWFilterDefineFlags. */
const defineFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** libvirt's virNWFilterBindingCreateFlags. */
const createBindingFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** How a connection finds, lists and makes its network filters and their bindings. */
export abstract class ConnectionNwFilters extends ConnectionSecrets {
  /** The network filter of this name (virNWFilterLookupByName). */
  async lookupNwFilterByName(name: string, options: CallOptions = {}): Promise<NwFilter> {
    const args = [text('name', name)];
    return this.lookUp('virNWFilterLookupByName', `network filter '${name}'`, this.#filter, args, options);
  }

  /** The network filter with this uuid (virNWFilterLookupByUUIDString). */
  async lookupNwFilterByUuid(uuid: string, options: CallOptions = {}): Promise<NwFilter> {
    const args = [text('uuid', uuid)];
    const title = `network filter with uuid '${uuid}'`;
    return this.lookUp('virNWFilterLookupByUUIDString', title, this.#filter, args, options);
  }

  /** All network filters (virConnectListAllNWFilters). */
  async listNwFilters(options: CallOptions = {}): Promise<NwFilter[]> {
    return this.list('virConnectListAllNWFilters', 'network filters', this.#filter, options, noFlags);
  }

  /**
   * Defines a network filter, or changes the definition of the one that has its name and uuid (virNWFilterDefineXML;
   * virNWFilterDefineXMLFlags with `validate`, which needs libvirt 7.7).
   * @param xml libvirt's description of the filter.
   */
  async defineNwFilter(xml: string, options: ValidateOptions = {}): Promise<NwFilter> {
    return this.makeFromXml(
      'virNWFilterDefineXML',
      'virNWFilterDefineXMLFlags',
      'a network filter',
      'defined',
      this.#filter,
      xml,
      options,
      defineFlags,
    );
  }

  /**
   * The binding of a network filter to this device of the host, such as `'vnet0'`
   * (virNWFilterBindingLookupByPortDev).
   */
  async lookupNwFilterBindingByPortDev(portDev: string, options: CallOptions = {}): Promise<NwFilterBinding> {
    const args = [text('portDev', portDev)];
    const title = `network filter binding of '${portDev}'`;
    return this.lookUp('virNWFilterBindingLookupByPortDev', title, this.#binding, args, options);
  }

  /** All bindings of network filters (virConnectListAllNWFilterBindings). */
  async listNwFilterBindings(options: CallOptions = {}): Promise<NwFilterBinding[]> {
    const title = 'network filter bindings';
    return this.list('virConnectListAllNWFilterBindings', title, this.#binding, options, noFlags);
  }

  /**
   * Binds a network filter to a device of the host (virNWFilterBindingCreateXML). libvirt does so itself for the
   * interfaces of its domains. `validate` needs libvirt 7.8.
   * @param xml libvirt's description of the binding.
   */
  async createNwFilterBinding(xml: string, options: ValidateOptions = {}): Promise<NwFilterBinding> {
    const args = [text('xml', xml)];
    const title = 'a network filter binding';
    return this.make(
      'virNWFilterBindingCreateXML',
      title,
      'created',
      this.#binding,
      args,
      options,
      createBindingFlags,
    );
  }

  readonly #filter = (found: Found<NwFilterHandle>) => new NwFilter(this.shared.state, found);
  readonly #binding = (found: Found<NwFilterBindingHandle>) => new NwFilterBinding(this.shared.state, found);
}
