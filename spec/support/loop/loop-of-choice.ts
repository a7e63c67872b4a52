import { event, RxEventImpl } from '../../../lib/index.js';
import { PlainEventImpl } from './plain-event-impl.js';

/** The event loops that the specs run libvirt with. */
export const loopChoices = [
  'RxEventImpl',
  'an implementation of its own',
  "libvirt's default loop",
  'the native loop',
] as const;
export type LoopChoice = (typeof loopChoices)[number];

/** For the scripts of spec/fixtures/: registers an event loop. If it is libvirt's own one, keeps it running. */
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
      // Runs as long as the process lives, and doesn't keep the process alive.
      void (async () => {
        for (;;) await event.runDefault();
      })();
      break;
    case 'the native loop':
      event.registerNative();
      break;
  }
}
