import { asIs, nothing, yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { zeroOrOne } from '../calls/values.js';
import type { StoragePoolHandle } from '../native.js';
import { storagePoolInfo, type StoragePoolInfo } from './storage-pool-info.js';
import {
  poolBuildFlags,
  poolCreateFlags,
  poolDeleteFlags,
  poolXmlFlags,
  type BuildStoragePoolOptions,
  type CreateStoragePoolOptions,
  type DeleteStoragePoolOptions,
  type StoragePoolXmlOptions,
} from './storage-pool-options.js';

/** What a storage pool is, and how it is built, started, stopped and removed. */
export abstract class StoragePoolLifecycle extends LibvirtObject<StoragePoolHandle> {
  /** Makes what its volumes are kept in: a folder, a file system, a volume group … (virStoragePoolBuild). */
  async build(options: BuildStoragePoolOptions = {}): Promise<void> {
    return this.call('virStoragePoolBuild', 'built', nothing, [], options, poolBuildFlags);
  }

  /** Starts a defined pool (virStoragePoolCreate). */
  async create(options: CreateStoragePoolOptions = {}): Promise<void> {
    return this.call('virStoragePoolCreate', 'started', nothing, [], options, poolCreateFlags);
  }

  /** Reads again which volumes there are, and how much space (virStoragePoolRefresh). */
  async refresh(options: CallOptions = {}): Promise<void> {
    return this.call('virStoragePoolRefresh', 'refreshed', nothing, [], options, noFlags);
  }

  /** Stops it (virStoragePoolDestroy). Its volumes stay. */
  async destroy(options: CallOptions = {}): Promise<void> {
    return this.call('virStoragePoolDestroy', 'stopped', nothing, [], options);
  }

  /** Removes what the volumes of a stopped pool are kept in (virStoragePoolDelete). The data is lost. */
  async delete(options: DeleteStoragePoolOptions = {}): Promise<void> {
    return this.call('virStoragePoolDelete', 'deleted', nothing, [], options, poolDeleteFlags);
  }

  /** Removes the definition of a stopped pool (virStoragePoolUndefine). Its volumes stay. */
  async undefine(options: CallOptions = {}): Promise<void> {
    return this.call('virStoragePoolUndefine', 'undefined', nothing, [], options);
  }

  /** Its definition, in libvirt's XML (virStoragePoolGetXMLDesc). */
  async xml(options: StoragePoolXmlOptions = {}): Promise<string> {
    return this.call('virStoragePoolGetXMLDesc', 'described', asIs<string>, [], options, poolXmlFlags);
  }

  /** Whether it is started (virStoragePoolIsActive). */
  async isActive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virStoragePoolIsActive', 'asked whether it is active', yesOrNo, [], options);
  }

  /** Whether its definition stays when it is stopped (virStoragePoolIsPersistent). */
  async isPersistent(options: CallOptions = {}): Promise<boolean> {
    return this.call('virStoragePoolIsPersistent', 'asked whether it is persistent', yesOrNo, [], options);
  }

  /** Whether it starts with the host (virStoragePoolGetAutostart). */
  async autostart(options: CallOptions = {}): Promise<boolean> {
    const participle = 'asked whether it starts with the host';
    return this.call('virStoragePoolGetAutostart', participle, yesOrNo, [], options);
  }

  /** Lets it start with the host, or not (virStoragePoolSetAutostart). */
  async setAutostart(autostart: boolean, options: CallOptions = {}): Promise<void> {
    const args = [zeroOrOne('autostart', autostart)];
    return this.call('virStoragePoolSetAutostart', 'set to start with the host', nothing, args, options);
  }

  /** Its state and its space (virStoragePoolGetInfo). */
  async info(options: CallOptions = {}): Promise<StoragePoolInfo> {
    return this.call('virStoragePoolGetInfo', 'asked for its state and space', storagePoolInfo, [], options);
  }
}
