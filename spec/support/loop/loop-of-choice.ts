import { event, RxEventImpl } from '../../../lib/index.js';
import { PlainEventImpl } from './plain-event-impl.js';

/** The event loops that the specs run libvirt with. */
export const loopChoices = ['RxEventImpl', 'an implementation of its own', "libvirt's default loop"] as const;
export type LoopChoice = (typeof loopChoices)[number];

/** For the scripts of spec/fixtures/: registers a loop, and keeps libvirt's own one running. */
export function registerLoop(choice: string | undefined): void {
  switch (choice as LoopChoice) {
    case 'RxEventImpl':
      event.register(RxEventImpl.shared);
      break;
    case 'an implementation of its own':
      event.register(new PlainEventImpl());
      break;
    case "libvirt's default loop":
      event.registerDefault();
      // For the life of the process, which this doesn't prolong.
      void (async () => {
        for (;;) await event.runDefault();
      })();
      break;
  }
}
