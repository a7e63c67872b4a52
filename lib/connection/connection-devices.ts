import { nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import type { Found } from '../calls/found.js';
import type { ValidateOptions } from '../calls/validate-options.js';
import { text } from '../calls/values.js';
import type { EventNodeDevice } from '../events/event-object-types.js';
import { checkFilter } from '../events/filter.js';
import { native, type InterfaceHandle, type NodeDeviceHandle } from '../native.js';
import { Interface } from '../objects/interface.js';
import { NodeDevice } from '../objects/node-device.js';
import { ConnectionStorage } from './connection-storage.js';
import {
  interfaceFilters,
  nodeDeviceFilters,
  type ListInterfacesOptions,
  type ListNodeDevicesOptions,
} from './list-options.js';

/** libvirt's virNodeDeviceCreateXMLFlags. */
const createDeviceFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** libvirt's virNodeDeviceDefineXMLFlags. */
const defineDeviceFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** libvirt's virInterfaceDefineFlags. */
const defineInterfaceFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** How a connection finds, lists and makes the devices and the network interfaces of its host. */
export abstract class ConnectionDevices extends ConnectionStorage {
  /** The node device of this name (virNodeDeviceLookupByName). */
  async lookupNodeDeviceByName(name: string, options: CallOptions = {}): Promise<NodeDevice> {
    const args = [text('name', name)];
    return this.lookUp('virNodeDeviceLookupByName', `node device '${name}'`, this.#device, args, options);
  }

  /**
   * The host bus adapter of a Fibre Channel with these names (virNodeDeviceLookupSCSIHostByWWN).
   * @param wwnn The name of the node, such as `'20000000c9831b4b'`.
   * @param wwpn The name of the port, such as `'10000000c9831b4b'`.
   */
  async lookupScsiHostByWwn(wwnn: string, wwpn: string, options: CallOptions = {}): Promise<NodeDevice> {
    const args = [text('wwnn', wwnn), text('wwpn', wwpn)];
    const title = `SCSI host ${wwnn}, ${wwpn}`;
    return this.lookUp('virNodeDeviceLookupSCSIHostByWWN', title, this.#device, args, options, noFlags);
  }

  /** All node devices, or those that the options select (virConnectListAllNodeDevices). */
  async listNodeDevices(options: ListNodeDevicesOptions = {}): Promise<NodeDevice[]> {
    const title = 'node devices';
    return this.list('virConnectListAllNodeDevices', title, this.#device, options, nodeDeviceFilters);
  }

  /**
   * Makes a virtual device of the host, such as a mediated device (virNodeDeviceCreateXML). It is gone when it is
   * destroyed. `validate` needs libvirt 8.10.
   * @param xml libvirt's description of the device.
   */
  async createNodeDevice(xml: string, options: ValidateOptions = {}): Promise<NodeDevice> {
    const args = [text('xml', xml)];
    const title = 'a node device';
    return this.make(
      'virNodeDeviceCreateXML',
      title,
      'created',
      this.#device,
      args,
      options,
      createDeviceFlags,
    );
  }

  /**
   * Defines a mediated device that stays (virNodeDeviceDefineXML). It doesn't start it. Needs libvirt 7.3, and
   * `validate` needs 8.10.
   * @param xml libvirt's description of the device.
   */
  async defineNodeDevice(xml: string, options: ValidateOptions = {}): Promise<NodeDevice> {
    const args = [text('xml', xml)];
    const title = 'a node device';
    return this.make(
      'virNodeDeviceDefineXML',
      title,
      'defined',
      this.#device,
      args,
      options,
      defineDeviceFlags,
    );
  }

  /** The node device of this name; see {@link domain}. */
  nodeDevice(identity: EventNodeDevice): NodeDevice {
    const key = checkFilter('a node device', 'name', identity);
    return this.#device(this.named(native().referToNodeDevice, key));
  }

  /** The interface of this name (virInterfaceLookupByName). */
  async lookupInterfaceByName(name: string, options: CallOptions = {}): Promise<Interface> {
    const args = [text('name', name)];
    return this.lookUp('virInterfaceLookupByName', `interface '${name}'`, this.#interface, args, options);
  }

  /** The interface with this MAC address, which no other interface may have (virInterfaceLookupByMACString). */
  async lookupInterfaceByMac(mac: string, options: CallOptions = {}): Promise<Interface> {
    const args = [text('mac', mac)];
    const title = `interface with address ${mac}`;
    return this.lookUp('virInterfaceLookupByMACString', title, this.#interface, args, options);
  }

  /** All interfaces, or those that the options select (virConnectListAllInterfaces). */
  async listInterfaces(options: ListInterfacesOptions = {}): Promise<Interface[]> {
    const title = 'interfaces';
    return this.list('virConnectListAllInterfaces', title, this.#interface, options, interfaceFilters);
  }

  /**
   * Defines an interface of the host, or changes its definition (virInterfaceDefineXML). It doesn't start it.
   * `validate` needs libvirt 7.7.
   * @param xml libvirt's description of the interface.
   */
  async defineInterface(xml: string, options: ValidateOptions = {}): Promise<Interface> {
    const args = [text('xml', xml)];
    const title = 'an interface';
    return this.make(
      'virInterfaceDefineXML',
      title,
      'defined',
      this.#interface,
      args,
      options,
      defineInterfaceFlags,
    );
  }

  /**
   * Notes how the host's interfaces are configured now, so that {@link rollbackInterfaceChange} can return to it
   * (virInterfaceChangeBegin). Rejects when a change has begun already.
   */
  async beginInterfaceChange(options: CallOptions = {}): Promise<void> {
    const participle = 'prepared for a change of its interfaces';
    return this.call('virInterfaceChangeBegin', participle, nothing, [], options, noFlags);
  }

  /** Keeps how the interfaces are configured now, and ends the change (virInterfaceChangeCommit). */
  async commitInterfaceChange(options: CallOptions = {}): Promise<void> {
    const participle = 'told to keep the change of its interfaces';
    return this.call('virInterfaceChangeCommit', participle, nothing, [], options, noFlags);
  }

  /** Configures the interfaces as they were when the change began, and ends it (virInterfaceChangeRollback). */
  async rollbackInterfaceChange(options: CallOptions = {}): Promise<void> {
    const participle = 'told to undo the change of its interfaces';
    return this.call('virInterfaceChangeRollback', participle, nothing, [], options, noFlags);
  }

  readonly #device = (found: Found<NodeDeviceHandle>) => {
    const { state, streams } = this.shared;
    return new NodeDevice(state, found, (type, options) => streams.ofObjects('node-device', type, options));
  };
  readonly #interface = (found: Found<InterfaceHandle>) => new Interface(this.shared.state, found);
}
