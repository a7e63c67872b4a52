import type { DomainEventMap } from '../../lib/index.js';
import type { EventFields } from '../support/scripted-libvirtd/index.js';

/** What libvirt 9.0.0's client can't register for. */
type NewerThanLibvirt = 'nic-mac-change' | 'vcpu-removed' | 'channel-lifecycle';
/** The types that can be sent through the installed client. */
export type SentType = Exclude<keyof DomainEventMap, NewerThanLibvirt>;
type Payload<T extends SentType> = Omit<DomainEventMap[T], 'category' | 'type' | 'domain' | 'time'>;
/** What the daemon sends, and what the event has to hold. */
export type Case<T extends SentType> = readonly [Omit<EventFields<'domain', T>, 'domain'>, Payload<T>];
export type Cases<T extends SentType> = readonly Case<T>[];
