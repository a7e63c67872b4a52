import { eventTable, type RegisteredCategory } from '../../../lib/events/event-table.js';
import type { EventRow, EventRows } from '../../../lib/events/row.js';

/** A row of the event table, with its names. */
export interface NamedRow extends EventRow {
  readonly category: RegisteredCategory;
  readonly type: string;
}

/** The rows of one category, by number. */
export function rowsOf(category: RegisteredCategory): readonly NamedRow[] {
  const rows: EventRows = eventTable[category];
  return Object.entries(rows)
    .map(([type, row]) => ({ category, type, ...row }))
    .sort((a, b) => a.id - b.id);
}

/** All rows of the event table. */
export const allRows = (Object.keys(eventTable) as RegisteredCategory[]).flatMap(rowsOf);
