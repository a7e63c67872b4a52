import {
  agentLifecycleReasons,
  agentLifecycleStates,
  channelLifecycleReasons,
  channelLifecycleStates,
  domainMetadataTypes,
  memoryFailureActions,
  memoryFailureRecipients,
  watchdogActions,
} from './domain-enumerations.js';
import type { DomainGuestEventMap } from './domain-event-types.js';
import type { DomainEventBase, DomainLifecycleEvent } from './domain-guest-event-types.js';
import { EventFamily, type EventKind, type EventKinds } from './kind.js';
import { domainLifecycleDetails, domainLifecycleEvents } from './lifecycle-enumerations.js';
import type { PayloadReader } from '../native/payload-reader.js';
import { readTypedParameters } from './typed-parameters.js';
import { word } from './word.js';

const lifecycleDetails: readonly (readonly DomainGuestEventMap['lifecycle']['detail'][])[] =
  domainLifecycleEvents.map((event) => domainLifecycleDetails[event]);

const memoryFailureFlags = { actionRequired: 1, recursive: 2 };

function kind<T extends string, Event extends DomainEventBase<T>>(
  id: number,
  type: T,
  decode: (payload: PayloadReader) => Event,
): EventKind<Event> {
  return { family: EventFamily.domain, id, category: 'domain', type, decode };
}

function plainKind<T extends string>(id: number, type: T): EventKind<DomainEventBase<T>> {
  return kind(id, type, (payload) =>
    Object.freeze({ category: 'domain', type, domain: payload.domain(), time: payload.time }),
  );
}

function powerManagementKind<T extends string>(
  id: number,
  type: T,
): EventKind<DomainEventBase<T> & { readonly reason: number }> {
  return kind(id, type, (payload) =>
    Object.freeze({
      category: 'domain',
      type,
      domain: payload.domain(),
      reason: payload.number(),
      time: payload.time,
    }),
  );
}

/** How the events about what a guest and its host do are registered and read. */
export const domainGuestEventKinds: EventKinds<DomainGuestEventMap> = {
  lifecycle: kind(0, 'lifecycle', (payload) => {
    const domain = payload.domain();
    const eventNumber = payload.number();
    const detailNumber = payload.number();
    // The compiler can't see that both words come from the same row of the tables.
    return Object.freeze({
      category: 'domain',
      type: 'lifecycle',
      domain,
      event: domainLifecycleEvents[eventNumber] ?? 'unknown',
      detail: lifecycleDetails[eventNumber]?.[detailNumber] ?? 'unknown',
      eventNumber,
      detailNumber,
      time: payload.time,
    }) as DomainLifecycleEvent;
  }),
  reboot: plainKind(1, 'reboot'),
  'rtc-change': kind(2, 'rtc-change', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'rtc-change',
      domain: payload.domain(),
      utcoffset: payload.number(),
      time: payload.time,
    }),
  ),
  watchdog: kind(3, 'watchdog', (payload) => {
    const domain = payload.domain();
    const actionNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'watchdog',
      domain,
      action: word(watchdogActions, actionNumber),
      actionNumber,
      time: payload.time,
    });
  }),
  'control-error': plainKind(7, 'control-error'),
  'pm-wakeup': powerManagementKind(11, 'pm-wakeup'),
  'pm-suspend': powerManagementKind(12, 'pm-suspend'),
  'balloon-change': kind(13, 'balloon-change', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'balloon-change',
      domain: payload.domain(),
      actual: payload.number(),
      time: payload.time,
    }),
  ),
  'pm-suspend-disk': powerManagementKind(14, 'pm-suspend-disk'),
  tunable: kind(17, 'tunable', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'tunable',
      domain: payload.domain(),
      params: readTypedParameters(payload),
      time: payload.time,
    }),
  ),
  'agent-lifecycle': kind(18, 'agent-lifecycle', (payload) => {
    const domain = payload.domain();
    const stateNumber = payload.number();
    const reasonNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'agent-lifecycle',
      domain,
      state: word(agentLifecycleStates, stateNumber),
      reason: word(agentLifecycleReasons, reasonNumber),
      stateNumber,
      reasonNumber,
      time: payload.time,
    });
  }),
  'migration-iteration': kind(20, 'migration-iteration', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'migration-iteration',
      domain: payload.domain(),
      iteration: payload.number(),
      time: payload.time,
    }),
  ),
  'job-completed': kind(21, 'job-completed', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'job-completed',
      domain: payload.domain(),
      params: readTypedParameters(payload),
      time: payload.time,
    }),
  ),
  'metadata-change': kind(23, 'metadata-change', (payload) => {
    const domain = payload.domain();
    const metadataTypeNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'metadata-change',
      domain,
      metadataType: word(domainMetadataTypes, metadataTypeNumber),
      metadataTypeNumber,
      nsuri: payload.textOrNull(),
      time: payload.time,
    });
  }),
  'memory-failure': kind(25, 'memory-failure', (payload) => {
    const domain = payload.domain();
    const recipientNumber = payload.number();
    const actionNumber = payload.number();
    const flags = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'memory-failure',
      domain,
      recipient: word(memoryFailureRecipients, recipientNumber),
      action: word(memoryFailureActions, actionNumber),
      recipientNumber,
      actionNumber,
      flags,
      actionRequired: (flags & memoryFailureFlags.actionRequired) !== 0,
      recursive: (flags & memoryFailureFlags.recursive) !== 0,
      time: payload.time,
    });
  }),
  'vcpu-removed': kind(28, 'vcpu-removed', (payload) =>
    Object.freeze({
      category: 'domain',
      type: 'vcpu-removed',
      domain: payload.domain(),
      vcpuid: payload.number(),
      time: payload.time,
    }),
  ),
  'channel-lifecycle': kind(29, 'channel-lifecycle', (payload) => {
    const domain = payload.domain();
    const stateNumber = payload.number();
    const reasonNumber = payload.number();
    return Object.freeze({
      category: 'domain',
      type: 'channel-lifecycle',
      domain,
      channelName: payload.textOrNull(),
      state: word(channelLifecycleStates, stateNumber),
      reason: word(channelLifecycleReasons, reasonNumber),
      stateNumber,
      reasonNumber,
      time: payload.time,
    });
  }),
};
