import { nothing } from '../calls/answers.js';
import type { Flags } from '../calls/flags.js';
import { text } from '../calls/values.js';
import { impactFlags, type ImpactOptions } from './impact.js';
import { DomainTuning } from './tuning.js';

/** How to change a device. */
export interface UpdateDeviceOptions extends ImpactOptions {
  /** Changes it also when the guest doesn't agree, for example a medium whose tray the guest has locked. */
  readonly force?: boolean;
}

/** libvirt's virDomainDeviceModifyFlags. */
const updateFlags: Flags<UpdateDeviceOptions> = { ...impactFlags, force: 1 << 2 };

/** The devices of a domain. Each is described in libvirt's XML, as in the domain's definition. */
export abstract class DomainDevices extends DomainTuning {
  /** Adds a device (virDomainAttachDeviceFlags). */
  async attachDevice(xml: string, options: ImpactOptions = {}): Promise<void> {
    return this.call(
      'virDomainAttachDeviceFlags',
      'given a device',
      nothing,
      [text('xml', xml)],
      options,
      impactFlags,
    );
  }

  /**
   * Removes a device (virDomainDetachDeviceFlags). The guest of a running domain has to give it up. libvirt waits some
   * seconds for that, and then resolves. That the device is gone is an event: `'device-removed'`.
   */
  async detachDevice(xml: string, options: ImpactOptions = {}): Promise<void> {
    const args = [text('xml', xml)];
    return this.call('virDomainDetachDeviceFlags', 'freed of a device', nothing, args, options, impactFlags);
  }

  /**
   * Asks the guest to give up a device, by its alias in the running domain's XML (virDomainDetachDeviceAlias). Resolves
   * at once. That the device is gone is an event: `'device-removed'`; or else `'device-removal-failed'`.
   */
  async detachDeviceByAlias(alias: string, options: ImpactOptions = {}): Promise<void> {
    const args = [text('alias', alias)];
    return this.call('virDomainDetachDeviceAlias', 'freed of a device', nothing, args, options, impactFlags);
  }

  /**
   * Changes a device (virDomainUpdateDeviceFlags), for example its medium. The XML describes all of the device: what it
   * leaves out is taken away.
   */
  async updateDevice(xml: string, options: UpdateDeviceOptions = {}): Promise<void> {
    const args = [text('xml', xml)];
    return this.call(
      'virDomainUpdateDeviceFlags',
      'given a changed device',
      nothing,
      args,
      options,
      updateFlags,
    );
  }
}
