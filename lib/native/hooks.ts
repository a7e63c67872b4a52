import { isMainThread } from 'node:worker_threads';
import { errorFrom } from '../errors.js';
import { guarded } from '../errors/report-unhandled.js';
import { withoutSecrets } from '../errors/secrets.js';
import { isLogged, log } from '../logging.js';
import type { Addon, AskedCredential, Hooks } from './addon.js';
import { deliverEvents } from './delivery.js';
import { receivers } from './receivers.js';

/**
 * The functions that the addon calls. RxJS itself reports what a subscriber throws, unless it is configured
 * to throw at once. In both cases nothing may be thrown into the C frames below.
 */
export function makeHooks(addon: () => Addon): Hooks {
  return {
    isMainThread,
    // One call for each batch of ready watches. The callback of one watch can end a later watch of the batch.
    // That one is then no longer in the map, so it is skipped.
    onReady: guarded((count: number) => {
      const { readyBuffer } = addon();
      for (let i = 0; i < count; i++)
        receivers.ready.get(readyBuffer[2 * i] as number)?.next(readyBuffer[2 * i + 1] as number);
    }),
    addHandle: (id, fd, mask) => receivers.loop?.addHandle(id, fd, mask) ?? false,
    updateHandle: (id, mask) => receivers.loop?.updateHandle(id, mask),
    removeHandle: (id) => receivers.loop?.removeHandle(id) ?? false,
    addTimeout: (id, frequencyMs) => receivers.loop?.addTimeout(id, frequencyMs) ?? false,
    updateTimeout: (id, frequencyMs) => receivers.loop?.updateTimeout(id, frequencyMs),
    removeTimeout: (id) => receivers.loop?.removeTimeout(id) ?? false,
    onHandle: guarded((watch: number, fd: number, mask: number) => {
      receivers.handles.get(watch)?.(watch, fd, mask);
    }),
    onTimeout: guarded((timer: number) => {
      receivers.timeouts.get(timer)?.(timer);
    }),
    onRemoved: (isWatch, id) => {
      receivers[isWatch ? 'handles' : 'timeouts'].delete(id);
    },
    onEvents: (queue, slice, budgetMs) => deliverEvents(receivers, queue, slice, budgetMs),
    onLoopFree: guarded(() => {
      receivers.onLoopFree();
    }),
    onLoopWanted: guarded(() => {
      receivers.onLoopWanted();
    }),
    onAuth: guarded((token: number, credentials: readonly AskedCredential[]) => {
      const ask = receivers.auth.get(token);
      if (ask === undefined) addon().answerAuth(token, null);
      else ask(credentials);
    }),
    onLog: guarded((line: string) => {
      // libvirt has a line for each error of each call.
      if (isLogged()) log().debug(`libvirt: ${withoutSecrets(line)}`);
    }),
    makeError: errorFrom,
  };
}
