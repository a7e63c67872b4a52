import { expect } from 'chai';
import { isAtLeast } from '../installed/installed-libvirt.js';
import type { Guest } from './guest.js';
import type { VirshEvent } from '../virsh/virsh-event-lines.js';
import type { VirshEvents } from '../virsh/virsh-events.js';

/** A way to make a daemon send events about a domain for real. */
export interface Provocation {
  /** The type of the events, as `virsh event --list` names it. */
  readonly type: string;
  /** What is done. Completes the title "should be sent when …". */
  readonly how: string;
  /** What virsh prints after the domain's name, for all events of this type and domain, oldest first. */
  readonly words: readonly (string | RegExp)[];
  /** Words of events of this type that may come in between, but need not. */
  readonly mayAlso?: readonly RegExp[];
  /**
   * Makes the daemon send the events. The guest must not exist before.
   * @param events The events of the guest's host, to wait for those that have to come in between.
   */
  readonly provoke: (guest: Guest, events: VirshEvents) => Promise<void>;
}

/**
 * libvirt tells QEMU to end when a guest is saved, has moved away or is destroyed after a panic. Up to 9.0, libvirt
 * closes the monitor first. In 11.3 and 12.8, QEMU may or may not have the time to report its shutdown.
 */
export const shutdownByHost: readonly RegExp[] = isAtLeast(9, 1)
  ? [/^Shutdown Finished after host request$/]
  : [];

/** Resolves when virsh has seen an event of a guest with this type and, if given, these words. */
export async function sight(events: VirshEvents, guest: Guest, type: string, words?: string): Promise<void> {
  await events.first(
    (event) =>
      event.subject === guest.name && event.type === type && (words === undefined || event.words === words),
  );
}

/** The words of a provocation's events among all that were seen, without those of `mayAlso`. */
export function provokedWords(
  { type, words, mayAlso = [] }: Provocation,
  guest: Guest,
  seen: readonly VirshEvent[],
): string[] {
  const kept: string[] = [];
  for (const event of seen) {
    if (event.type !== type || event.subject !== guest.name) continue;
    // An event of `mayAlso` counts if exactly its words must come next.
    if (!mayAlso.some((each) => each.test(event.words)) || event.words === words[kept.length])
      kept.push(event.words);
  }
  return kept;
}

/** Asserts that the words of a provocation's events were seen, and no others. */
export function expectProvoked(provocation: Provocation, guest: Guest, seen: readonly VirshEvent[]): void {
  const found = provokedWords(provocation, guest, seen);
  expect(found).to.have.lengthOf(provocation.words.length);
  provocation.words.forEach((expected, index) => {
    if (typeof expected === 'string') expect(found[index]).to.equal(expected);
    else expect(found[index]).to.match(expected);
  });
}
