import { types } from 'node:util';
import type { DomainHandle } from '../native.js';

/** Which events libvirt is asked for. They are filtered where they come from. */
export interface EventFilter {
  /**
   * The wanted object: a domain for domain and monitor events; a uuid, or the name of a node device, for all others.
   * Null for all objects.
   */
  readonly object: DomainHandle | string | null;
  /** The object in words, for messages: `" of domain 6695eb01-…"`; empty for all. */
  readonly ofObject: string;
  /** The name of the wanted monitor events, or a pattern; null for all. */
  readonly monitorEvent: string | null;
  readonly monitorFlags: number;
}

/** libvirt's virConnectDomainQemuMonitorEventRegisterFlags. */
const monitorFlags = { regex: 1, noCase: 2 };

/** What libvirt is asked for when monitor events are wanted by name or by pattern. */
export function monitorFilter(
  event: string | RegExp | undefined,
): Pick<EventFilter, 'monitorEvent' | 'monitorFlags'> {
  if (event === undefined) return { monitorEvent: null, monitorFlags: 0 };
  const isPattern = types.isRegExp(event);
  if (!isPattern && typeof event !== 'string') throw new TypeError('event must be a string or a RegExp');
  if (isPattern && event.sticky) throw new TypeError('event must not be a sticky RegExp; begin it with ^');
  const monitorEvent = isPattern ? event.source : event;
  if (monitorEvent.includes('\0')) throw new TypeError('event must not contain a null character');
  if (!isPattern) return { monitorEvent, monitorFlags: 0 };
  return { monitorEvent, monitorFlags: monitorFlags.regex | (event.ignoreCase ? monitorFlags.noCase : 0) };
}

/**
 * Throws `TypeError` when the text is no uuid. libvirt takes 32 hexadecimal digits, also with hyphens and spaces
 * between them (`virUUIDParse`).
 */
export function checkUuid(name: string, text: string): void {
  if (!/^[0-9a-f]{32}$/i.test(text.replaceAll(/[-\s]/g, '')))
    throw new TypeError(`${name} must be a uuid, such as c7a5fdbd-edaf-9455-926a-d65c16db1809`);
}

/** Checks the uuid or the name in a filter, and returns it. The filter comes from the user. */
export function checkFilter(option: string, field: 'uuid' | 'name', filter: unknown): string {
  const value: unknown =
    typeof filter === 'object' && filter !== null ? (filter as Record<string, unknown>)[field] : undefined;
  if (typeof value !== 'string') throw new TypeError(`${option} must have a ${field}, a string`);
  if (value.includes('\0')) throw new TypeError(`${option}.${field} must not contain a null character`);
  return value;
}
