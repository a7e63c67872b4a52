import { throwError, type Observable } from 'rxjs';
import { checkAllEventsOptions, checkEventOptions, eventMethods } from '../connection/check-event-options.js';
import { Connection } from '../connection/connection.js';
import type * as Options from '../connection/event-options.js';
import { unknownEvent } from '../connection/unknown-event.js';
import type { UnsupportedEventError } from '../errors.js';
import type { RegisteredCategory } from '../events/event-table.js';
import type { LibvirtEvent } from '../events/event-types.js';
import { checkFilter, checkUuid, monitorFilter } from '../events/filter.js';
import type { Step } from './connector.js';
import type { Delays } from './delays.js';
import { HostStream, type HostItem, type HostStreamRig } from './host-stream.js';
import type { Places } from './position.js';
import type { Troubles } from './troubles.js';

/** What the event streams of a host need. */
export interface HostEventsRig {
  readonly steps: Observable<Step<Connection>>;
  readonly places: Places;
  readonly delays: Delays;
  readonly troubles: Troubles;
  readonly onUnregistered: HostStreamRig<Connection, object>['onUnregistered'];
}

/** The event streams of a host, with one registration for each kind of event and object. */
export class HostEvents {
  readonly #rig: HostEventsRig;
  readonly #streams = new Map<string, HostStream<Connection, object>>();

  constructor(rig: HostEventsRig) {
    this.#rig = rig;
  }

  /**
   * Events of one type, from all objects or from one.
   * @param listen Subscribes to them on one connection, with the options that it gets.
   */
  ofType<Given extends Options.EventOptions, Event extends object>(
    category: RegisteredCategory,
    type: string,
    options: Given,
    listen: (connection: Connection, options: Given) => Observable<Event>,
  ): Observable<HostItem<Event>> {
    const { unknown, key, monitors } = readEventRequest(category, type, options);
    if (unknown !== undefined) return throwError(() => unknown);
    const { filter: option, field } = eventMethods[category];
    // A Domain belongs to its connection, so the filter of later connections is the uuid alone.
    const filter = key === null ? undefined : { [option]: { [field]: key } };
    const stream = this.#stream(
      [category, type, key, monitors],
      `${category} events '${type}'${key === null ? '' : ` of ${key}`}`,
      (connection, onRegistered) => listen(connection, { ...options, ...filter, onRegistered }),
    );
    return started(stream, options.onRegistered);
  }

  /** All events of some categories. */
  ofCategories<C extends HostEventCategory>(
    options: Options.AllEventsOptions<C>,
  ): Observable<HostItem<LibvirtEvent<C>>> {
    checkHostCategories(options);
    const { categories = hostEventCategories, onRegistered } = options;
    const stream = this.#stream(['events', ...categories], 'events', (connection, tell) =>
      connection.events({ categories, onRegistered: tell }),
    );
    // The stream has the events of these categories.
    return started(stream, onRegistered) as Observable<HostItem<object>> as Observable<
      HostItem<LibvirtEvent<C>>
    >;
  }

  #stream<Event extends object>(
    identity: readonly unknown[],
    title: string,
    listen: (connection: Connection, onRegistered: () => void) => Observable<Event>,
  ): HostStream<Connection, Event> {
    const key = JSON.stringify(identity);
    const known = this.#streams.get(key);
    // The key holds all that decides which events the stream has.
    if (known !== undefined) return known as HostStream<Connection, Event>;
    const { troubles, ...rig } = this.#rig;
    const onIdle = () => {
      this.#streams.delete(key);
    };
    const stream = new HostStream({ ...rig, listen, lossesOf, onIdle, onTrouble: troubles.reporter(title) });
    this.#streams.set(key, stream);
    return stream;
  }
}

/** Emits how many events of a connection were lost, where they are missing. */
export function lossesOf(connection: Connection): Observable<number> {
  return Connection.stateOf(connection).losses;
}

/** The categories of a host's `events()`. Its `status` tells of the connection. */
export type HostEventCategory = RegisteredCategory;
const hostEventCategories = Object.keys(eventMethods) as HostEventCategory[];

/** Throws `TypeError` for options that `events()` of a host doesn't take. */
export function checkHostCategories(options: Options.AllEventsOptions<HostEventCategory>): void {
  checkAllEventsOptions(options);
  const { categories = hostEventCategories } = options;
  const known: readonly unknown[] = hostEventCategories;
  if (!Array.isArray(categories) || !categories.every((each) => known.includes(each)))
    throw new TypeError(
      `categories must be an array of ${hostEventCategories.join(', ')}; status tells of the connection`,
    );
}

/** Which events are asked for. */
export interface EventRequest {
  /** The error for a type that this library doesn't know. */
  readonly unknown: UnsupportedEventError | undefined;
  /** The uuid or name of the wanted object; null for all objects. */
  readonly key: string | null;
  readonly monitors: ReturnType<typeof monitorFilter>;
}

/** Reads the arguments of a method for events. Throws `TypeError` for invalid ones. */
export function readEventRequest(
  category: RegisteredCategory,
  type: string,
  options: Options.EventOptions,
): EventRequest {
  const method = eventMethods[category];
  checkEventOptions(method, options);
  const { event, [method.filter]: object } = options as Readonly<Record<string, unknown>>;
  const key = object === undefined ? null : checkFilter(method.filter, method.field, object);
  // No host would ever accept it, and hosts are asked again and again.
  if (key !== null && method.field === 'uuid') checkUuid(`${method.filter}.uuid`, key);
  return {
    unknown: unknownEvent(category, type),
    key,
    monitors: monitorFilter(event as string | RegExp | undefined),
  };
}

function started<Event extends object>(
  stream: HostStream<Connection, Event>,
  onRegistered: (() => void) | undefined,
): Observable<HostItem<Event>> {
  return onRegistered === undefined ? stream.items : stream.withAcknowledgement(onRegistered);
}
