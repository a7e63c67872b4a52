import { UnsupportedEventError } from '../errors.js';
import type { RegisteredCategory } from '../events/event-table.js';
import { eventKinds } from '../events/kinds.js';
import { describe, suggestion } from '../arguments.js';

/**
 * The error for a type of event that this library doesn't know; undefined when it knows the type.
 * @throws {TypeError} when the type is no string.
 */
export function unknownEvent(category: RegisteredCategory, type: unknown): UnsupportedEventError | undefined {
  if (typeof type !== 'string')
    throw new TypeError(`the type of event must be a string, got ${describe(type)}`);
  const known = eventKinds[category];
  if (Object.hasOwn(known, type)) return undefined;
  const names = Object.keys(known);
  const hint = suggestion(type, names) ?? `it knows ${names.join(', ')}.`;
  const message = `rxvirt knows no ${category} events '${type}'; ${hint} See docs/events.md`;
  return new UnsupportedEventError(category, type, message);
}
