import { setImmediate as nextTurn } from 'node:timers/promises';

const itemsPerTurn = 500;

/**
 * Takes the items one after the other, and lets the event loop turn now and then. A list can have ten thousand
 * objects, and to make them takes some tens of milliseconds.
 */
export async function inTurns<Item>(items: Iterable<Item>, take: (item: Item) => void): Promise<void> {
  let left = itemsPerTurn;
  for (const item of items) {
    if (left-- === 0) {
      await nextTurn();
      left = itemsPerTurn - 1;
    }
    take(item);
  }
}
