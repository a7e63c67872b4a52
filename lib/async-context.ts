import { AsyncResource } from 'node:async_hooks';

const resource = new AsyncResource('rxvirt');

/**
 * Runs `work` in the asynchronous context (`AsyncLocalStorage`) in which rxvirt was loaded. For what several
 * subscribers share: it would run in the context of the one that came first.
 *
 * Only on a stack of the loop's own, never on that of a user's call: where `timeout` of `vm` stops JavaScript in
 * here, Node ends the process.
 */
export function inSharedContext(work: () => void): void {
  resource.runInAsyncScope(work);
}

/** `callback`, to be run in the present asynchronous context, whoever calls it. */
export function inOwnContext(callback: () => void): () => void {
  return AsyncResource.bind(callback);
}
