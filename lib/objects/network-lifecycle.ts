import { asIs, nothing, yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { zeroOrOne } from '../calls/values.js';
import type { NetworkHandle } from '../native.js';
import { networkXmlFlags, type NetworkXmlOptions } from './network-options.js';

/** What a network is, and how it starts and stops. */
export abstract class NetworkLifecycle extends LibvirtObject<NetworkHandle> {
  /** Starts a defined network (virNetworkCreate). */
  async create(options: CallOptions = {}): Promise<void> {
    return this.call('virNetworkCreate', 'started', nothing, [], options);
  }

  /** Stops it (virNetworkDestroy). Domains on it lose their connection. */
  async destroy(options: CallOptions = {}): Promise<void> {
    return this.call('virNetworkDestroy', 'stopped', nothing, [], options);
  }

  /** Removes its definition (virNetworkUndefine). A network that is started goes on, and is gone when it is stopped. */
  async undefine(options: CallOptions = {}): Promise<void> {
    return this.call('virNetworkUndefine', 'undefined', nothing, [], options);
  }

  /** Its definition, in libvirt's XML (virNetworkGetXMLDesc). */
  async xml(options: NetworkXmlOptions = {}): Promise<string> {
    return this.call('virNetworkGetXMLDesc', 'described', asIs<string>, [], options, networkXmlFlags);
  }

  /** Whether it is started (virNetworkIsActive). */
  async isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virNetworkIsActive', 'asked whether it is active', yesOrNo, [], options);
  }

  /** Whether its definition stays when it is stopped (virNetworkIsPersistent). */
  async isPersistent(options: CallOptions = {}): Promise<boolean> {
    return this.call('virNetworkIsPersistent', 'asked whether it is persistent', yesOrNo, [], options);
  }

  /** Whether it starts with the host (virNetworkGetAutostart). */
  async autostart(options: CallOptions = {}): Promise<boolean> {
    const participle = 'asked whether it starts with the host';
    return this.call('virNetworkGetAutostart', participle, yesOrNo, [], options);
  }

  /** Lets it start with the host, or not (virNetworkSetAutostart). */
  async setAutostart(autostart: boolean, options: CallOptions = {}): Promise<void> {
    const args = [zeroOrOne('autostart', autostart)];
    return this.call('virNetworkSetAutostart', 'set to start with the host', nothing, args, options);
  }

  /** The host's bridge for it, such as `'virbr0'` (virNetworkGetBridgeName). Rejects when it has none. */
  async bridgeName(options: CallOptions = {}): Promise<string> {
    return this.call('virNetworkGetBridgeName', 'asked for its bridge', asIs<string>, [], options);
  }
}
