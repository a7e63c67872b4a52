import type { EventSecret } from '../events/event-object-types.js';
import type { StoragePoolInfo } from '../objects/storage-pool-info.js';

/** What a network was like when libvirt was asked. */
export interface NetworkSnapshot {
  readonly name: string;
  readonly uuid: string;
  /** Whether it is started. */
  readonly active: boolean;
  /** Whether its definition stays when it stops. */
  readonly persistent: boolean;
}

/** What a storage pool was like when libvirt was asked. */
export interface StoragePoolSnapshot extends StoragePoolInfo {
  readonly name: string;
  readonly uuid: string;
  /** Whether its definition stays when it stops. */
  readonly persistent: boolean;
}

/** A node device that was there when libvirt was asked. */
export interface NodeDeviceSnapshot {
  readonly name: string;
}

/** A secret that was there when libvirt was asked. Its value is not in it. */
export type SecretSnapshot = EventSecret;
