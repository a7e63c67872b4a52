import { array, hyper, int, optional, string, struct, uhyper, uint } from '../codec.js';
import { shape } from './event-shape.js';
import { domain } from './objects.js';
import { typedParameters } from './typed-parameters.js';

const graphicsAddress = struct({ family: int, node: string, service: string });
const graphicsIdentity = struct({ type: string, name: string });

/** The names are those of `virsh event --list`. Enumerations are plain numbers, so that unknown values can be sent. */
export const domainEvents = {
  lifecycle: shape(0, 318, { domain, event: int, detail: int }),
  reboot: shape(1, 319, { domain }),
  'rtc-change': shape(2, 320, { domain, offset: hyper }),
  watchdog: shape(3, 321, { domain, action: int }),
  'io-error': shape(4, 322, { domain, srcPath: string, devAlias: string, action: int }),
  graphics: shape(5, 323, {
    domain,
    phase: int,
    local: graphicsAddress,
    remote: graphicsAddress,
    authScheme: string,
    subject: array(graphicsIdentity),
  }),
  'io-error-reason': shape(6, 324, {
    domain,
    srcPath: string,
    devAlias: string,
    action: int,
    reason: string,
  }),
  'control-error': shape(7, 325, { domain }),
  'block-job': shape(8, 326, { domain, path: string, type: int, status: int }),
  'disk-change': shape(9, 327, {
    domain,
    oldSrcPath: optional(string),
    newSrcPath: optional(string),
    devAlias: string,
    reason: int,
  }),
  'tray-change': shape(10, 328, { domain, devAlias: string, reason: int }),
  // The reason stands before the domain in these three.
  'pm-wakeup': shape(11, 329, { reason: int, domain }),
  'pm-suspend': shape(12, 330, { reason: int, domain }),
  'balloon-change': shape(13, 331, { domain, actual: uhyper }),
  'pm-suspend-disk': shape(14, 332, { reason: int, domain }),
  'device-removed': shape(15, 333, { domain, devAlias: string }),
  'block-job-2': shape(16, 339, { domain, dst: string, type: int, status: int }),
  tunable: shape(17, 346, { domain, params: typedParameters }),
  'agent-lifecycle': shape(18, 348, { domain, state: int, reason: int }),
  'device-added': shape(19, 354, { domain, devAlias: string }),
  'migration-iteration': shape(20, 359, { domain, iteration: int }),
  'job-completed': shape(21, 363, { domain, params: typedParameters }),
  'device-removal-failed': shape(22, 367, { domain, devAlias: string }),
  'metadata-change': shape(23, 379, { domain, type: int, nsuri: optional(string) }),
  'block-threshold': shape(24, 385, {
    domain,
    dev: string,
    path: optional(string),
    threshold: uhyper,
    excess: uhyper,
  }),
  'memory-failure': shape(25, 423, { domain, recipient: int, action: int, flags: uint }),
  'memory-device-size-change': shape(26, 438, { domain, alias: string, size: uhyper }),
  // These are newer than the events above. A client before 11.2.0 or 12.4.0 can't register for them.
  'nic-mac-change': shape(27, 453, { domain, alias: string, oldMac: string, newMac: string }),
  'vcpu-removed': shape(28, 454, { domain, vcpuId: uint }),
  'channel-lifecycle': shape(29, 455, { domain, channelName: string, state: int, reason: int }),
} as const;
