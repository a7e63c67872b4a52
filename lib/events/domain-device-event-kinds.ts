import type { GraphicsAddress, GraphicsIdentity } from './domain-device-event-types.js';
import {
  blockJobStatuses,
  blockJobTypes,
  diskChangeReasons,
  graphicsAddressFamilies,
  graphicsPhases,
  ioErrorActions,
  trayChangeReasons,
} from './domain-enumerations.js';
import type { DomainDeviceEventMap, DomainEventMap } from './domain-event-types.js';
import type { DomainEventBase } from './domain-guest-event-types.js';
import { EventFamily, type EventKind, type EventKinds } from './kind.js';
import type { PayloadReader } from '../native/payload-reader.js';
import { word } from './word.js';

function kind<T extends string, Event extends DomainEventBase<T>>(
  id: number,
  type: T,
  decode: (payload: PayloadReader) => Event,
): EventKind<Event> {
  return { family: EventFamily.domain, id, category: 'domain', type, decode };
}

function deviceKind<T extends string>(
  id: number,
  type: T,
): EventKind<DomainEventBase<T> & { readonly devAlias: string | null }> {
  return kind(id, type, (payload) =>
    Object.freeze({
      category: 'domain',
      type,
      domain: payload.domain(),
      devAlias: payload.textOrNull(),
      time: payload.time,
    }),
  );
}

function blockJobKind<T extends 'block-job' | 'block-job-2'>(
  id: number,
  type: T,
): EventKind<DomainEventBase<T> & Omit<DomainEventMap['block-job'], 'type'>> {
  return kind(id, type, (payload) => {
    const domain = payload.domain();
    const jobTypeNumber = payload.number();
    const statusNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type,
      domain,
      disk: payload.textOrNull(),
      jobType: word(blockJobTypes, jobTypeNumber),
      status: word(blockJobStatuses, statusNumber),
      jobTypeNumber,
      statusNumber,
      time: payload.time,
    });
  });
}

function readAddress(payload: PayloadReader): GraphicsAddress | null {
  if (payload.number() === 0) return null;
  const familyNumber = payload.number();
  return Object.freeze({
    family: word(graphicsAddressFamilies, familyNumber),
    familyNumber,
    node: payload.textOrNull(),
    service: payload.textOrNull(),
  });
}

function readIdentities(payload: PayloadReader): readonly GraphicsIdentity[] {
  const count = payload.number();
  return Object.freeze(
    Array.from({ length: count }, () =>
      Object.freeze({ type: payload.textOrNull(), name: payload.textOrNull() }),
    ),
  );
}

/** How the events about a guest's devices are registered and read. */
export const domainDeviceEventKinds: EventKinds<DomainDeviceEventMap> = {
  'io-error': kind(4, 'io-error', (payload) => {
    const domain = payload.domain();
    const actionNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'io-error',
      domain,
      srcPath: payload.textOrNull(),
      devAlias: payload.textOrNull(),
      action: word(ioErrorActions, actionNumber),
      actionNumber,
      time: payload.time,
    });
  }),
  graphics: kind(5, 'graphics', (payload) => {
    const domain = payload.domain();
    const phaseNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'graphics',
      domain,
      phase: word(graphicsPhases, phaseNumber),
      phaseNumber,
      local: readAddress(payload),
      remote: readAddress(payload),
      authScheme: payload.textOrNull(),
      subject: readIdentities(payload),
      time: payload.time,
    });
  }),
  'io-error-reason': kind(6, 'io-error-reason', (payload) => {
    const domain = payload.domain();
    const actionNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'io-error-reason',
      domain,
      srcPath: payload.textOrNull(),
      devAlias: payload.textOrNull(),
      action: word(ioErrorActions, actionNumber),
      actionNumber,
      reason: payload.textOrNull(),
      time: payload.time,
    });
  }),
  'block-job': blockJobKind(8, 'block-job'),
  'disk-change': kind(9, 'disk-change', (payload) => {
    const domain = payload.domain();
    const reasonNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'disk-change',
      domain,
      oldSrcPath: payload.textOrNull(),
      newSrcPath: payload.textOrNull(),
      devAlias: payload.textOrNull(),
      reason: word(diskChangeReasons, reasonNumber),
      reasonNumber,
      time: payload.time,
    });
  }),
  'tray-change': kind(10, 'tray-change', (payload) => {
    const domain = payload.domain();
    const reasonNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'tray-change',
      domain,
      devAlias: payload.textOrNull(),
      reason: word(trayChangeReasons, reasonNumber),
      reasonNumber,
      time: payload.time,
    });
  }),
  'device-removed': deviceKind(15, 'device-removed'),
  'block-job-2': blockJobKind(16, 'block-job-2'),
  'device-added': deviceKind(19, 'device-added'),
  'device-removal-failed': deviceKind(22, 'device-removal-failed'),
  'block-threshold': kind(24, 'block-threshold', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'block-threshold',
      domain: payload.domain(),
      dev: payload.textOrNull(),
      path: payload.textOrNull(),
      threshold: payload.number(),
      excess: payload.number(),
      time: payload.time,
    }),
  ),
  'memory-device-size-change': kind(26, 'memory-device-size-change', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'memory-device-size-change',
      domain: payload.domain(),
      alias: payload.textOrNull(),
      size: payload.number(),
      time: payload.time,
    }),
  ),
  'nic-mac-change': kind(27, 'nic-mac-change', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'nic-mac-change',
      domain: payload.domain(),
      alias: payload.textOrNull(),
      oldMac: payload.textOrNull(),
      newMac: payload.textOrNull(),
      time: payload.time,
    }),
  ),
};
