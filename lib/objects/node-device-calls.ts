import { asIs, nothing, yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { optionalText, text, zeroOrOne } from '../calls/values.js';
import type { NodeDeviceHandle } from '../native.js';

/** Which description of a node device to get. */
export interface NodeDeviceXmlOptions extends CallOptions {
  /** That for its next start, although it is started. Needs libvirt 10.1. */
  readonly inactive?: boolean;
}

/** How to take a node device from the host. */
export interface DetachNodeDeviceOptions extends CallOptions {
  /** The driver that passes it to domains, such as `'vfio'`. The hypervisor's default unless given. */
  readonly driver?: string;
}

/** What to change of a node device: the running device, its definition, or both. The running one unless given. */
export interface UpdateNodeDeviceOptions extends CallOptions {
  readonly live?: boolean;
  readonly config?: boolean;
}

/** libvirt's virNodeDeviceXMLFlags. */
const xmlFlags: Flags<NodeDeviceXmlOptions> = { inactive: 1 << 0 };

/** No flags: the driver goes into an argument. */
const detachFlags: Flags<DetachNodeDeviceOptions> = { driver: null };

/** libvirt's virNodeDeviceUpdateFlags. */
const updateFlags: Flags<UpdateNodeDeviceOptions> = { live: 1 << 0, config: 1 << 1 };

/** What a node device is, and how it is started, stopped and passed to domains. */
export abstract class NodeDeviceCalls extends LibvirtObject<NodeDeviceHandle> {
  /** Starts a defined device (virNodeDeviceCreate). Needs libvirt 7.3. */
  async create(options: CallOptions = {}): Promise<void> {
    return this.call('virNodeDeviceCreate', 'started', nothing, [], options, noFlags);
  }

  /** Removes a virtual device from the host (virNodeDeviceDestroy). Its definition stays if it has one. */
  async destroy(options: CallOptions = {}): Promise<void> {
    return this.call('virNodeDeviceDestroy', 'destroyed', nothing, [], options);
  }

  /** Removes its definition (virNodeDeviceUndefine). Needs libvirt 7.3. */
  async undefine(options: CallOptions = {}): Promise<void> {
    return this.call('virNodeDeviceUndefine', 'undefined', nothing, [], options, noFlags);
  }

  /**
   * Takes a device from the host, so that it can be passed to a domain (virNodeDeviceDetachFlags). The host can't use it
   * until {@link reattach}.
   */
  async detach(options: DetachNodeDeviceOptions = {}): Promise<void> {
    const args = [optionalText('driver', options.driver)];
    return this.call('virNodeDeviceDetachFlags', 'detached', nothing, args, options, detachFlags);
  }

  /** Gives it back to the host after {@link detach} (virNodeDeviceReAttach). */
  async reattach(options: CallOptions = {}): Promise<void> {
    return this.call('virNodeDeviceReAttach', 'reattached', nothing, [], options);
  }

  /** Resets a detached device, so that nothing is left in it of its last user (virNodeDeviceReset). */
  async reset(options: CallOptions = {}): Promise<void> {
    return this.call('virNodeDeviceReset', 'reset', nothing, [], options);
  }

  /**
   * Changes a mediated device (virNodeDeviceUpdate). Needs libvirt 10.1.
   * @param xml libvirt's description of the device as it shall be.
   */
  async update(xml: string, options: UpdateNodeDeviceOptions = {}): Promise<void> {
    return this.call('virNodeDeviceUpdate', 'updated', nothing, [text('xml', xml)], options, updateFlags);
  }

  /** What it is, in libvirt's XML (virNodeDeviceGetXMLDesc). */
  async xml(options: NodeDeviceXmlOptions = {}): Promise<string> {
    return this.call('virNodeDeviceGetXMLDesc', 'described', asIs<string>, [], options, xmlFlags);
  }

  /**
   * The name of the device that it is a part of; null when there is none (virNodeDeviceGetParent). libvirt's test driver
   * rejects when there is none, unless it is behind a daemon.
   */
  async parent(options: CallOptions = {}): Promise<string | null> {
    return this.call('virNodeDeviceGetParent', 'asked for its parent', asIs<string | null>, [], options);
  }

  /** What it is and can do, such as `['pci']` (virNodeDeviceNumOfCaps, virNodeDeviceListCaps). */
  async capabilities(options: CallOptions = {}): Promise<readonly string[]> {
    const participle = 'asked what it can do';
    const count = await this.call('virNodeDeviceNumOfCaps', participle, asIs<number>, [], options);
    return this.call('virNodeDeviceListCaps', participle, asIs<readonly string[]>, [count], options);
  }

  /** Whether it is started (virNodeDeviceIsActive). Needs libvirt 7.8. */
  async isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virNodeDeviceIsActive', 'asked whether it is active', yesOrNo, [], options);
  }

  /** Whether its definition stays when it is stopped (virNodeDeviceIsPersistent). Needs libvirt 7.8. */
  async isPersistent(options: CallOptions = {}): Promise<boolean> {
    return this.call('virNodeDeviceIsPersistent', 'asked whether it is persistent', yesOrNo, [], options);
  }

  /** Whether it starts with the host (virNodeDeviceGetAutostart). Needs libvirt 7.8. */
  async autostart(options: CallOptions = {}): Promise<boolean> {
    const participle = 'asked whether it starts with the host';
    return this.call('virNodeDeviceGetAutostart', participle, yesOrNo, [], options);
  }

  /** Lets it start with the host, or not (virNodeDeviceSetAutostart). Needs libvirt 7.8. */
  async setAutostart(autostart: boolean, options: CallOptions = {}): Promise<void> {
    const args = [zeroOrOne('autostart', autostart)];
    return this.call('virNodeDeviceSetAutostart', 'set to start with the host', nothing, args, options);
  }
}
