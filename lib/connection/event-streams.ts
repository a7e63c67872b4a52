import { defer, throwError, type Observable } from 'rxjs';
import type { ConnectionState } from '../connection-state.js';
import { Domain } from '../domain/domain.js';
import { checkFilter, monitorFilter, type EventFilter } from '../events/filter.js';
import type { RegisteredCategory } from '../events/event-table.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { EventKind } from '../events/kind.js';
import { findEventKind } from '../events/kinds.js';
import { EventSource } from '../events/source.js';
import type { QemuMonitorEvent } from '../events/named-event-types.js';
import { native, type DomainHandle } from '../native.js';
import { checkEventOptions, eventMethods } from './check-event-options.js';
import type { DomainEventOptions, EventOptions, QemuMonitorEventOptions } from './event-options.js';
import { unknownEvent } from './unknown-event.js';

/** The object whose events are wanted, and how it is told from others. */
interface ObjectFilter {
  readonly key: string;
  /** Called for the first subscriber, because it may need the connection to be open. */
  readonly object: () => EventFilter['object'];
  readonly ofObject: string;
}

const anyObject: ObjectFilter = { key: '', object: () => null, ofObject: '' };
const noMonitorFilter = monitorFilter(undefined);

/** The event streams of one connection, with one registration for each kind of event and object. */
export class EventStreams {
  readonly #connection: ConnectionState;
  readonly #sources = new Map<string, EventSource<unknown>>();

  constructor(connection: ConnectionState) {
    this.#connection = connection;
  }

  /** Domain events of one type. */
  ofDomains<T extends keyof LibvirtEventMap['domain']>(
    type: T,
    options: DomainEventOptions,
  ): Observable<LibvirtEventMap['domain'][T]> {
    checkEventOptions(eventMethods.domain, options);
    return this.#stream('domain', type, this.#domainFilter(options.domain), options);
  }

  /** Events of one type, from one of the other categories. */
  ofObjects<C extends RegisteredCategory, T extends keyof LibvirtEventMap[C] & string>(
    category: C,
    type: T,
    options: EventOptions,
  ): Observable<LibvirtEventMap[C][T]> {
    const method = eventMethods[category];
    checkEventOptions(method, options);
    const { filter: option, field } = method;
    const filter = (options as Readonly<Record<string, unknown>>)[option];
    if (filter === undefined) return this.#stream(category, type, anyObject, options);
    const object = checkFilter(option, field, filter);
    const key = field === 'uuid' ? uuidKey(object) : object;
    return this.#stream(
      category,
      type,
      { key, object: () => object, ofObject: ` of ${category.replaceAll('-', ' ')} ${object}` },
      options,
    );
  }

  /** QEMU's monitor events. */
  ofMonitors(options: QemuMonitorEventOptions): Observable<QemuMonitorEvent> {
    checkEventOptions(eventMethods['qemu-monitor'], options);
    const filter = this.#domainFilter(options.domain);
    return this.#stream('qemu-monitor', 'event', filter, options, monitorFilter(options.event));
  }

  /** All events of one kind. */
  ofKind({ category, type }: EventKind<unknown>, options: EventOptions): Observable<unknown> {
    return this.#stream(category, type as never, anyObject, options);
  }

  #domainFilter(domain: DomainEventOptions['domain']): ObjectFilter {
    if (domain === undefined) return anyObject;
    const uuid = checkFilter('domain', 'uuid', domain);
    return { key: uuidKey(uuid), object: () => this.#handleOf(domain, uuid), ofObject: ` of domain ${uuid}` };
  }

  // libvirt refuses another connection's handle of a domain, even if it is the same domain.
  #handleOf(domain: unknown, uuid: string): DomainHandle {
    const own = domain instanceof Domain ? Domain.handleOf(domain, this.#connection) : undefined;
    return own ?? native().referToDomain(this.#connection.handle, uuid);
  }

  #stream<C extends RegisteredCategory, T extends keyof LibvirtEventMap[C] & string>(
    category: C,
    type: T,
    filter: ObjectFilter,
    { onRegistered }: EventOptions,
    monitor = noMonitorFilter,
  ): Observable<LibvirtEventMap[C][T]> {
    const unknown = unknownEvent(category, type);
    const kind = findEventKind(category, type);
    if (kind === undefined) return throwError(() => unknown);
    return defer(() => {
      this.#connection.assertOpen();
      const source = this.#source(kind, filter, monitor);
      return onRegistered === undefined ? source.events : source.withAcknowledgement(onRegistered);
    });
  }

  #source<Event>(
    kind: EventKind<Event>,
    filter: ObjectFilter,
    monitor: typeof noMonitorFilter,
  ): EventSource<Event> {
    const key = JSON.stringify([kind.category, kind.id, filter.key, monitor]);
    const known = this.#sources.get(key);
    // The key holds the kind, so the source that is found emits the events of this kind.
    if (known !== undefined) return known as EventSource<Event>;
    const wanted = { object: filter.object(), ofObject: filter.ofObject, ...monitor };
    const source = new EventSource<Event>(this.#connection, kind, wanted, () => {
      this.#sources.delete(key);
    });
    this.#sources.set(key, source);
    return source;
  }
}

// libvirt reads a uuid with and without dashes.
function uuidKey(uuid: string): string {
  return uuid.replaceAll('-', '').toLowerCase();
}
