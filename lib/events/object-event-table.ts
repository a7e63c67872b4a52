import { number, numberOf, text, textNotNull, words } from './fields.js';
import { event } from './row.js';

const lifecycleFields = {
  /** libvirt's virNetworkEventLifecycleType, virStoragePoolEventLifecycleType and so on. */
  eventNumber: numberOf('event'),
  /** The reason: a number for which libvirt defines no names. Always 0 so far. */
  detail: number('a number, always 0 so far'),
};

export const networkEvents = {
  /** A network was defined, started, stopped … */
  lifecycle: event(0, 'virConnectNetworkEventLifecycleCallback', '1.2.1', {
    /** What happened; `'unknown'` when the value is newer than this library: see `eventNumber`. */
    event: words('virNetworkEventLifecycleType', ['defined', 'undefined', 'started', 'stopped']),
    ...lifecycleFields,
  }),

  /** A network's metadata was changed. */
  'metadata-change': event(1, 'virConnectNetworkEventMetadataChangeCallback', '9.8.0', {
    /**
     * Which part was changed; libvirt's argument `type`.
     * `'unknown'` when the value is newer than this library: see `metadataTypeNumber`.
     */
    metadataType: words('virNetworkMetadataType', ['description', 'title', 'element'], 'type'),
    /** libvirt's virNetworkMetadataType. */
    metadataTypeNumber: numberOf('metadataType'),
    /** The namespace of the changed element; null unless an element was changed. */
    nsuri: text(),
  }),
};

export const storagePoolEvents = {
  /** A storage pool was defined, started, built … */
  lifecycle: event(0, 'virConnectStoragePoolEventLifecycleCallback', '2.0.0', {
    /** What happened; `'unknown'` when the value is newer than this library: see `eventNumber`. */
    event: words('virStoragePoolEventLifecycleType', [
      'defined',
      'undefined',
      'started',
      'stopped',
      'created',
      'deleted',
    ]),
    ...lifecycleFields,
  }),

  /** A storage pool's list of volumes was read again. */
  refresh: event(1, 'virConnectStoragePoolEventGenericCallback', '2.0.0', {}),
};

export const nodeDeviceEvents = {
  /** A device of the host was created, deleted, defined … */
  lifecycle: event(0, 'virConnectNodeDeviceEventLifecycleCallback', '2.2.0', {
    /** What happened; `'unknown'` when the value is newer than this library: see `eventNumber`. */
    event: words('virNodeDeviceEventLifecycleType', ['created', 'deleted', 'defined', 'undefined']),
    ...lifecycleFields,
  }),

  /** A device of the host changed. */
  update: event(1, 'virConnectNodeDeviceEventGenericCallback', '2.2.0', {}),
};

export const secretEvents = {
  /** A secret was defined or undefined. */
  lifecycle: event(0, 'virConnectSecretEventLifecycleCallback', '3.0.0', {
    /** What happened; `'unknown'` when the value is newer than this library: see `eventNumber`. */
    event: words('virSecretEventLifecycleType', ['defined', 'undefined']),
    ...lifecycleFields,
  }),

  /** A secret's value changed. The event doesn't contain the value. */
  'value-changed': event(1, 'virConnectSecretEventGenericCallback', '3.0.0', {}),
};

/** All events of QEMU's monitor have the same fields. libvirt has no numbers for them. */
export const qemuMonitorEvents = {
  /** QEMU's monitor sent an event. */
  event: event(0, 'virConnectDomainQemuMonitorEventCallback', '1.2.3', {
    /** QEMU's name of the event, for example `'POWERDOWN'`. */
    event: textNotNull('QEMU’s name'),
    /** QEMU's clock: whole seconds since 1970; -1 when QEMU gave no time. */
    seconds: number('seconds since 1970, by QEMU’s clock'),
    /** QEMU's clock: microseconds within the second. */
    micros: number('microseconds within that second'),
    /** More data from QEMU, as JSON; null when there is none. */
    details: text('JSON text'),
  }),
};
