import { checkFunction, checkKeys } from '../arguments.js';
import type { EventCategory } from '../events/event-types.js';
import type * as Options from './event-options.js';

/** A method that returns events, and its options. */
interface EventMethod {
  readonly name: string;
  readonly options: readonly string[];
  /** The option that holds the wanted object, and what the object is known by. */
  readonly filter: string;
  readonly field: 'uuid' | 'name';
  readonly hints: Readonly<Record<string, string>>;
}

function method<Known extends Options.EventOptions>(
  name: string,
  known: Readonly<Record<keyof Known, true>>,
  filter: string & keyof Known,
  field: 'uuid' | 'name' = 'uuid',
  otherNames: readonly string[] = [],
): EventMethod {
  // Users may pass an object in place of the options. Without a check they would get the events of all
  // objects.
  const wrap = `to have the events of one object, pass it as { ${filter} };`;
  const renamed = `the option is called ${filter};`;
  const hints = {
    name: wrap,
    uuid: wrap,
    ...Object.fromEntries(otherNames.map((other) => [other, renamed])),
  };
  return { name, options: Object.keys(known), filter, field, hints };
}

/** The methods of a connection for events, by category. */
export const eventMethods = {
  domain: method<Options.DomainEventOptions>('domainEvents', { domain: true, onRegistered: true }, 'domain'),
  network: method<Options.NetworkEventOptions>(
    'networkEvents',
    { network: true, onRegistered: true },
    'network',
  ),
  'storage-pool': method<Options.StoragePoolEventOptions>(
    'storagePoolEvents',
    { pool: true, onRegistered: true },
    'pool',
    'uuid',
    ['storagePool'],
  ),
  'node-device': method<Options.NodeDeviceEventOptions>(
    'nodeDeviceEvents',
    { nodeDevice: true, onRegistered: true },
    'nodeDevice',
    'name',
    ['device'],
  ),
  secret: method<Options.SecretEventOptions>('secretEvents', { secret: true, onRegistered: true }, 'secret'),
  'qemu-monitor': method<Options.QemuMonitorEventOptions>(
    'qemuMonitorEvents',
    { domain: true, event: true, onRegistered: true },
    'domain',
  ),
} as const;

/** Throws `TypeError` for options that `events` of a category doesn't take. */
export function checkEventOptions(
  { name, options: known, hints }: EventMethod,
  options: Options.EventOptions,
): void {
  checkKeys(name, options, known, hints);
  checkOnRegistered(options);
}

const allEventsOptions = Object.keys({
  categories: true,
  onRegistered: true,
} satisfies Record<keyof Options.AllEventsOptions<EventCategory>, true>);

/** Throws `TypeError` for options that `events()` doesn't take. */
export function checkAllEventsOptions(options: Options.AllEventsOptions<EventCategory>): void {
  checkKeys('events', options, allEventsOptions);
  checkOnRegistered(options);
}

function checkOnRegistered({ onRegistered }: { readonly onRegistered?: unknown }): void {
  if (onRegistered !== undefined) checkFunction('onRegistered', onRegistered);
}
