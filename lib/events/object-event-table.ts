import { number, numberOf, text, textNotNull, words } from './fields.js';
import { event } from './row.js';

const lifecycleFields = {
  /** libvirt's virNetworkEventLifecycleType, virStoragePoolEventLifecycleType and so on. */
  eventNumber: numberOf('event'),
  /** Why, by a number that libvirt has no names for: always 0 so far. */
  detail: number('a number, always 0 so far'),
};

export const networkEvents = {
  /** A network was defined, started, stopped … */
  lifecycle: event(0, 'virConnectNetworkEventLifecycleCallback', '1.2.1', {
    /** What happened; `'unknown'` when newer than this library: see `eventNumber`. */
    event: words('virNetworkEventLifecycleType', ['defined', 'undefined', 'started', 'stopped']),
    ...lifecycleFields,
  }),

  /** A network's metadata was changed. */
  'metadata-change': event(1, 'virConnectNetworkEventMetadataChangeCallback', '9.8.0', {
    /** libvirt's argument `type`: which part; `'unknown'` when newer than this library: see `metadataTypeNumber`. */
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
    /** What happened; `'unknown'` when newer than this library: see `eventNumber`. */
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

  /** A storage pool's list of volumes was read anew. */
  refresh: event(1, 'virConnectStoragePoolEventGenericCallback', '2.0.0', {}),
};

export const nodeDeviceEvents = {
  /** A device of the host came or went. */
  lifecycle: event(0, 'virConnectNodeDeviceEventLifecycleCallback', '2.2.0', {
    /** What happened; `'unknown'` when newer than this library: see `eventNumber`. */
    event: words('virNodeDeviceEventLifecycleType', ['created', 'deleted', 'defined', 'undefined']),
    ...lifecycleFields,
  }),

  /** A device of the host changed. */
  update: event(1, 'virConnectNodeDeviceEventGenericCallback', '2.2.0', {}),
};

export const secretEvents = {
  /** A secret was defined or undefined. */
  lifecycle: event(0, 'virConnectSecretEventLifecycleCallback', '3.0.0', {
    /** What happened; `'unknown'` when newer than this library: see `eventNumber`. */
    event: words('virSecretEventLifecycleType', ['defined', 'undefined']),
    ...lifecycleFields,
  }),

  /** A secret got another value, which the event doesn't tell. */
  'value-changed': event(1, 'virConnectSecretEventGenericCallback', '3.0.0', {}),
};

/** QEMU's monitor events all have one form, and no number. */
export const qemuMonitorEvents = {
  /** Something that QEMU's monitor said. */
  event: event(0, 'virConnectDomainQemuMonitorEventCallback', '1.2.3', {
    /** QEMU's name of the event, for example `'POWERDOWN'`. */
    event: textNotNull('QEMU’s name'),
    /** QEMU's clock: whole seconds since 1970, -1 when it didn't say. */
    seconds: number('of QEMU’s clock, since 1970'),
    /** QEMU's clock: microseconds within the second. */
    micros: number('of QEMU’s clock, within the second'),
    /** What QEMU adds, as JSON; null when it adds nothing. */
    details: text('JSON text'),
  }),
};
