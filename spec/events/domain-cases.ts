import type { DomainEventMap } from '../../lib/index.js';
import type { EventFields } from '../support/scripted-libvirtd/index.js';

/** The types of event that the scripted libvirtd can send; the installed client need not know them all. */
export type SentType = keyof DomainEventMap;
type Payload<T extends SentType> = Omit<DomainEventMap[T], 'category' | 'type' | 'domain' | 'time'>;
/** The fields that the daemon sends, and those that the event must have. */
export type Case<T extends SentType> = readonly [Omit<EventFields<'domain', T>, 'domain'>, Payload<T>];
export type Cases<T extends SentType> = readonly Case<T>[];
