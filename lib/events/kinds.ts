import { decodeLifecycle } from './decode-lifecycle.js';
import { decoder } from './decoder.js';
import { eventTable, type RegisteredCategory } from './event-table.js';
import type { LibvirtEventMap } from './event-types.js';
import { families, type EventFamily } from './families.js';
import type { EventKind, EventKinds } from './kind.js';
import type { EventRows } from './row.js';

/** How every kind of event is registered and read. */
export const eventKinds = Object.fromEntries(
  (Object.keys(eventTable) as RegisteredCategory[]).map((category) => [category, kindsOf(category)]),
) as { readonly [C in RegisteredCategory]: EventKinds<LibvirtEventMap[C]> };

function kindsOf(category: RegisteredCategory): Readonly<Record<string, EventKind<unknown>>> {
  const rows: EventRows = eventTable[category];
  const { begin }: EventFamily = families[category];
  return Object.fromEntries(
    Object.entries(rows).map(([type, { id, since, fields }]) => {
      const isByHand = category === 'domain' && type === 'lifecycle';
      const decode = isByHand ? decodeLifecycle : decoder(type, fields, begin);
      return [type, { category, type, id, since, decode }];
    }),
  );
}

/**
 * Finds a kind of event by its names. Undefined when this library doesn't know them: only TypeScript prevents that,
 * JavaScript may pass any name.
 */
export function findEventKind<C extends RegisteredCategory, T extends keyof LibvirtEventMap[C]>(
  category: C,
  type: T,
): EventKind<LibvirtEventMap[C][T]> | undefined {
  const kinds: EventKinds<LibvirtEventMap[C]> = eventKinds[category];
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined;
}
