import type { EventSubjects } from './event-types.js';
import type { RegisteredCategory } from './event-table.js';
import {
  secretUsageTypes,
  type EventNetwork,
  type EventNodeDevice,
  type EventSecret,
} from './event-object-types.js';
import type { PayloadReader } from '../native/payload-reader.js';
import { word } from './word.js';

/** A group of events for which libvirt has its own pair of functions: one registers, one deregisters. */
export interface EventFamily<Begun = object> {
  /** The family's number in the addon's enumeration EventFamily. */
  readonly number: number;
  /** libvirt's function that registers. */
  readonly register: string;
  /**
   * Whether a host may have a separate daemon for these events. The daemon that we are connected to then gets the
   * events from that one.
   */
  readonly mayBeElsewhere: boolean;
  /** Reads the object that an event is about. All callbacks pass this object first. */
  readonly begin: (payload: PayloadReader, type: string) => Begun;
}

type Begun<C extends RegisteredCategory> = EventSubjects[C] & { readonly category: C; readonly type: string };

export const families: { readonly [C in RegisteredCategory]: EventFamily<Begun<C>> } = {
  domain: {
    number: 0,
    register: 'virConnectDomainEventRegisterAny',
    mayBeElsewhere: false,
    begin: (payload, type) => ({ category: 'domain', type, domain: payload.domain() }),
  },
  network: {
    number: 1,
    register: 'virConnectNetworkEventRegisterAny',
    mayBeElsewhere: true,
    begin: (payload, type) => ({ category: 'network', type, network: readNamed(payload) }),
  },
  'storage-pool': {
    number: 2,
    register: 'virConnectStoragePoolEventRegisterAny',
    mayBeElsewhere: true,
    begin: (payload, type) => ({ category: 'storage-pool', type, storagePool: readNamed(payload) }),
  },
  'node-device': {
    number: 3,
    register: 'virConnectNodeDeviceEventRegisterAny',
    mayBeElsewhere: true,
    begin: (payload, type) => ({ category: 'node-device', type, nodeDevice: readNodeDevice(payload) }),
  },
  secret: {
    number: 4,
    register: 'virConnectSecretEventRegisterAny',
    mayBeElsewhere: true,
    begin: (payload, type) => ({ category: 'secret', type, secret: readSecret(payload) }),
  },
  'qemu-monitor': {
    number: 5,
    register: 'virConnectDomainQemuMonitorEventRegister',
    mayBeElsewhere: false,
    begin: (payload, type) => ({ category: 'qemu-monitor', type, domain: payload.domain() }),
  },
};

// Reads a network or a storage pool: both have a name and a uuid.
function readNamed(payload: PayloadReader): EventNetwork {
  return Object.freeze({ name: payload.text(), uuid: payload.text() });
}

function readNodeDevice(payload: PayloadReader): EventNodeDevice {
  return Object.freeze({ name: payload.text() });
}

function readSecret(payload: PayloadReader): EventSecret {
  const usageTypeNumber = payload.number();
  return Object.freeze({
    uuid: payload.text(),
    usageType: word(secretUsageTypes, usageTypeNumber),
    usageTypeNumber,
    usageId: payload.text(),
  });
}
