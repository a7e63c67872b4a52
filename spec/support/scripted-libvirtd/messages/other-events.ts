import { hyper, int, optional, string, uint } from '../codec.js';
import { shape } from './event-shape.js';
import { domain, network, nodeDevice, secret, storagePool } from './objects.js';

export const networkEvents = {
  lifecycle: shape(0, 315, { network, event: int, detail: int }),
  // Since 9.8.0.
  'metadata-change': shape(1, 446, { network, type: int, nsuri: optional(string) }),
} as const;

export const storagePoolEvents = {
  lifecycle: shape(0, 370, { pool: storagePool, event: int, detail: int }),
  refresh: shape(1, 373, { pool: storagePool }),
} as const;

export const nodeDeviceEvents = {
  lifecycle: shape(0, 376, { device: nodeDevice, event: int, detail: int }),
  update: shape(1, 377, { device: nodeDevice }),
} as const;

export const secretEvents = {
  lifecycle: shape(0, 382, { secret, event: int, detail: int }),
  'value-changed': shape(1, 383, { secret }),
} as const;

export const qemuMonitorEvents = {
  event: shape(0, 6, { domain, event: string, seconds: hyper, micros: uint, details: optional(string) }),
} as const;

/** The daemon's own connection to the hypervisor was closed. This is the only event without a callback id. */
export const connectionEvents = {
  closed: shape(0, 362, { reason: int }),
} as const;
