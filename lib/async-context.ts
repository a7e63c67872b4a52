import { AsyncResource } from 'node:async_hooks';

const resource = new AsyncResource('rxvirt');

/**
 * Runs `work` in the asynchronous context (`AsyncLocalStorage`) in which rxvirt was loaded. For what the first
 * subscriber starts and others share: they would run in that subscriber's context otherwise.
 */
export function inSharedContext<Result>(work: () => Result): Result {
  return resource.runInAsyncScope(work);
}

/** `callback`, to be run in the present asynchronous context, whoever calls it. */
export function inOwnContext(callback: () => void): () => void {
  return AsyncResource.bind(callback);
}
