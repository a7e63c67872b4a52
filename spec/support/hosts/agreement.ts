import { setTimeout as delay } from 'node:timers/promises';
import { contentsByVirsh, type Contents } from './contents.js';
import type { Watcher, WatcherAnswer } from './watcher.js';

/** What a watcher and virsh say, when nothing changes any more. */
export interface Agreement {
  readonly virsh: Contents;
  readonly answer: WatcherAnswer;
  /** Whether both say the same, and the changes lead to the same as the maps. */
  readonly isReached: boolean;
  /** How long it took until the watcher said the same. */
  readonly afterMs: number;
}

const pollMs = 10;
const keptMs = 20;

/**
 * Waits until the watcher says the same as virsh, but not for ever. Nothing may change meanwhile. libvirt's test driver
 * behind a daemon forgets its changes when the last connection to it closes. So virsh is asked when the watcher has one.
 */
export async function agreement(uri: string, watcher: Watcher, limitMs: number): Promise<Agreement> {
  const begin = performance.now();
  const afterMs = () => performance.now() - begin;
  while ((await watcher.ask()).state !== 'connected' && afterMs() < limitMs) await delay(pollMs);
  const virsh = await contentsByVirsh(uri);
  const agrees = ({ contents, doChangesAgree, state }: WatcherAnswer) =>
    contents.join() === virsh.join() && doChangesAgree && state === 'connected';
  for (;;) {
    const answer = await watcher.ask();
    if (agrees(answer)) {
      const reachedMs = afterMs();
      // An old reply could still undo it.
      await delay(keptMs);
      const later = await watcher.ask();
      return { virsh, answer: later, isReached: agrees(later), afterMs: reachedMs };
    }
    if (afterMs() > limitMs) return { virsh, answer, isReached: false, afterMs: afterMs() };
    await delay(pollMs);
  }
}

/** The lines that only one of them has. */
export function differences({ virsh, answer }: Agreement): string[] {
  return [
    ...virsh.filter((line) => !answer.contents.includes(line)).map((line) => `only virsh: ${line}`),
    ...answer.contents.filter((line) => !virsh.includes(line)).map((line) => `only the host: ${line}`),
    ...(answer.doChangesAgree ? [] : ['the changes lead to other domains than the maps']),
    ...(answer.state === 'connected' ? [] : [`the host is ${answer.state}`]),
  ];
}
