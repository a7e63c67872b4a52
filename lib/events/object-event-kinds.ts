import { EventFamily, type EventKinds } from './kind.js';
import type { EventNetwork, EventNodeDevice, EventSecret } from './event-object-types.js';
import type { QemuMonitorEvent } from './libvirt-event-types.js';
import {
  networkLifecycleEvents,
  networkMetadataTypes,
  nodeDeviceLifecycleEvents,
  secretLifecycleEvents,
  secretUsageTypes,
  storagePoolLifecycleEvents,
} from './object-enumerations.js';
import type {
  NetworkEventMap,
  NodeDeviceEventMap,
  SecretEventMap,
  StoragePoolEventMap,
} from './object-event-types.js';
import type { PayloadReader } from '../native/payload-reader.js';
import { word } from './word.js';

// Networks and storage pools alike.
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

function readLifecycle<W extends string>(payload: PayloadReader, words: readonly W[]) {
  const eventNumber = payload.number();
  return { event: word(words, eventNumber), eventNumber, detail: payload.number() };
}

/** How each type of network event is registered and read. */
export const networkEventKinds: EventKinds<NetworkEventMap> = {
  lifecycle: {
    family: EventFamily.network,
    id: 0,
    category: 'network',
    type: 'lifecycle',
    decode: (payload) =>
      Object.freeze({
        category: 'network',
        type: 'lifecycle',
        network: readNamed(payload),
        ...readLifecycle(payload, networkLifecycleEvents),
        time: payload.time,
      }),
  },
  'metadata-change': {
    family: EventFamily.network,
    id: 1,
    category: 'network',
    type: 'metadata-change',
    decode: (payload) => {
      const network = readNamed(payload);
      const metadataTypeNumber = payload.number();
      return Object.freeze({
        category: 'network',
        type: 'metadata-change',
        network,
        metadataType: word(networkMetadataTypes, metadataTypeNumber),
        metadataTypeNumber,
        nsuri: payload.textOrNull(),
        time: payload.time,
      });
    },
  },
};

/** How each type of storage pool event is registered and read. */
export const storagePoolEventKinds: EventKinds<StoragePoolEventMap> = {
  lifecycle: {
    family: EventFamily.storagePool,
    id: 0,
    category: 'storage-pool',
    type: 'lifecycle',
    decode: (payload) =>
      Object.freeze({
        category: 'storage-pool',
        type: 'lifecycle',
        storagePool: readNamed(payload),
        ...readLifecycle(payload, storagePoolLifecycleEvents),
        time: payload.time,
      }),
  },
  refresh: {
    family: EventFamily.storagePool,
    id: 1,
    category: 'storage-pool',
    type: 'refresh',
    decode: (payload) =>
      Object.freeze({
        category: 'storage-pool',
        type: 'refresh',
        storagePool: readNamed(payload),
        time: payload.time,
      }),
  },
};

/** How each type of node device event is registered and read. */
export const nodeDeviceEventKinds: EventKinds<NodeDeviceEventMap> = {
  lifecycle: {
    family: EventFamily.nodeDevice,
    id: 0,
    category: 'node-device',
    type: 'lifecycle',
    decode: (payload) =>
      Object.freeze({
        category: 'node-device',
        type: 'lifecycle',
        nodeDevice: readNodeDevice(payload),
        ...readLifecycle(payload, nodeDeviceLifecycleEvents),
        time: payload.time,
      }),
  },
  update: {
    family: EventFamily.nodeDevice,
    id: 1,
    category: 'node-device',
    type: 'update',
    decode: (payload) =>
      Object.freeze({
        category: 'node-device',
        type: 'update',
        nodeDevice: readNodeDevice(payload),
        time: payload.time,
      }),
  },
};

/** How each type of secret event is registered and read. */
export const secretEventKinds: EventKinds<SecretEventMap> = {
  lifecycle: {
    family: EventFamily.secret,
    id: 0,
    category: 'secret',
    type: 'lifecycle',
    decode: (payload) =>
      Object.freeze({
        category: 'secret',
        type: 'lifecycle',
        secret: readSecret(payload),
        ...readLifecycle(payload, secretLifecycleEvents),
        time: payload.time,
      }),
  },
  'value-changed': {
    family: EventFamily.secret,
    id: 1,
    category: 'secret',
    type: 'value-changed',
    decode: (payload) =>
      Object.freeze({
        category: 'secret',
        type: 'value-changed',
        secret: readSecret(payload),
        time: payload.time,
      }),
  },
};

/** How QEMU's monitor events are registered and read; its events all have one form. */
export const qemuMonitorEventKinds: EventKinds<{ event: QemuMonitorEvent }> = {
  event: {
    family: EventFamily.qemuMonitor,
    id: 0,
    category: 'qemu-monitor',
    type: 'event',
    decode: (payload) =>
      Object.freeze({
        category: 'qemu-monitor',
        type: 'event',
        domain: payload.domain(),
        event: payload.text(),
        seconds: payload.number(),
        micros: payload.number(),
        details: payload.textOrNull(),
        time: payload.time,
      }),
  },
};
