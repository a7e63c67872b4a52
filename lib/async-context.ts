import { AsyncResource } from 'node:async_hooks';

const resource = new AsyncResource('rxvirt');

/**
 * Runs `work` in the asynchronous context (`AsyncLocalStorage`) in which rxvirt was loaded. Use it for work
 * that several subscribers share. Otherwise that work would run in the context of the first subscriber.
 *
 * Call it only from the event loop, never from within a call by users' code: when the `timeout` of `node:vm`
 * stops JavaScript in here, Node ends the process.
 */
export function inSharedContext(work: () => void): void {
  resource.runInAsyncScope(work);
}

/**
 * Returns a function that calls `callback` in the present asynchronous context, whoever calls that function.
 */
export function inOwnContext(callback: () => void): () => void {
  return AsyncResource.bind(callback);
}
