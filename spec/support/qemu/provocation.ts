import { expect } from 'chai';
import { isAtLeast } from '../installed/installed-libvirt.js';
import type { Guest } from './guest.js';
import type { VirshEvent } from '../virsh/virsh-event-lines.js';
import type { VirshEvents } from '../virsh/virsh-events.js';

/** A way to make a daemon send events about a domain for real. */
export interface Provocation {
  /** As `virsh event --list` has it. */
  readonly type: string;
  /** What is done, as the end of "should be sent when …". */
  readonly how: string;
  /** What virsh prints after the domain's name of all the events of this type and this domain, oldest first. */
  readonly words: readonly (string | RegExp)[];
  /** Words of events of this type that may come in between or not. */
  readonly mayAlso?: readonly RegExp[];
  /**
   * Does it to a guest that does not exist before.
   * @param events Of the guest's host, to wait for what has to happen in between.
   */
  readonly provoke: (guest: Guest, events: VirshEvents) => Promise<void>;
}

/**
 * libvirt tells QEMU to end when a guest is saved, has moved away or is destroyed after a panic. Up to 9.0 it has closed
 * the monitor by then; in 11.3 and 12.8 QEMU has the time to say that it shuts down, or not.
 */
export const shutdownByHost: readonly RegExp[] = isAtLeast(9, 1)
  ? [/^Shutdown Finished after host request$/]
  : [];

/** Resolves when virsh has seen an event of a guest, by its type and, if need be, its words. */
export async function sight(events: VirshEvents, guest: Guest, type: string, words?: string): Promise<void> {
  await events.first(
    (event) =>
      event.subject === guest.name && event.type === type && (words === undefined || event.words === words),
  );
}

/** The words of a provocation's events among all that were seen, without those that may come or not. */
export function provokedWords(
  { type, words, mayAlso = [] }: Provocation,
  guest: Guest,
  seen: readonly VirshEvent[],
): string[] {
  const kept: string[] = [];
  for (const event of seen) {
    if (event.type !== type || event.subject !== guest.name) continue;
    // Except where exactly such words must come next.
    if (!mayAlso.some((each) => each.test(event.words)) || event.words === words[kept.length])
      kept.push(event.words);
  }
  return kept;
}

/** Asserts that all and only the words of a provocation's events were seen. */
export function expectProvoked(provocation: Provocation, guest: Guest, seen: readonly VirshEvent[]): void {
  const found = provokedWords(provocation, guest, seen);
  expect(found).to.have.lengthOf(provocation.words.length);
  provocation.words.forEach((expected, index) => {
    if (typeof expected === 'string') expect(found[index]).to.equal(expected);
    else expect(found[index]).to.match(expected);
  });
}
