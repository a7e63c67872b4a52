/**
 * A value that belongs to the code that added a watch or timeout. An implementation keeps it, and hands it
 * back with the callback.
 */
export type Opaque = unknown;

/** What a watch calls when its file descriptor is ready; libvirt's virEventHandleCallback. */
export type HandleCallback = (watch: number, fd: number, events: number, opaque: Opaque) => void;
/** What a timeout calls when it is due; libvirt's virEventTimeoutCallback. */
export type TimeoutCallback = (timer: number, opaque: Opaque) => void;
/** Releases an opaque; libvirt's virFreeCallback. */
export type FreeCallback = (opaque: Opaque) => void;

/**
 * An event loop for libvirt. To let libvirt use your own event loop, make a subclass, and hand an instance of
 * it to `event.register`.
 *
 * The contract, which is that of libvirt's virEventRegisterImpl():
 * - Ids are above 0 and never used again; watches and timeouts count separately.
 * - An update of an unknown id does nothing. A removal of an unknown id returns -1.
 * - Once a removal has returned, or an update to a mask of 0 or a frequency of -1, the callback is not
 *   called any more.
 * - The opaque of each add is freed exactly once, after its removal has returned: see
 *   {@link freeCallbackOpaque}.
 *
 * All methods are called on the JavaScript thread, never on libvirt's stack. A method that throws is logged.
 * An add that throws or returns anything but an id is refused, and that is logged.
 */
export abstract class EventImpl {
  /**
   * Watches a file descriptor. The same descriptor may be watched many times, with different masks.
   * @param events Mask of `event.HANDLE_READABLE` … `event.HANDLE_HANGUP`; with 0 nothing is reported. Errors
   *   and hang-ups are reported whatever the mask, unless it is 0.
   * @returns The watch's id, above 0, or -1.
   */
  abstract addHandle(
    fd: number,
    events: number,
    callback: HandleCallback,
    opaque: Opaque,
    free: FreeCallback,
  ): number;

  /** Changes the mask of a watch. */
  abstract updateHandle(watch: number, events: number): void;

  /** Ends a watch; free its opaque afterwards. */
  abstract removeHandle(watch: number): 0 | -1;

  /**
   * Calls back each `frequency` milliseconds.
   * @param frequency Milliseconds. 0 calls back once on every turn of the loop, -1 never.
   * @returns The timeout's id, above 0, or -1.
   */
  abstract addTimeout(
    frequency: number,
    callback: TimeoutCallback,
    opaque: Opaque,
    free: FreeCallback,
  ): number;

  /** Changes the frequency of a timeout. The period starts again, even with the same frequency. */
  abstract updateTimeout(timer: number, frequency: number): void;

  /** Ends a timeout; free its opaque afterwards. */
  abstract removeTimeout(timer: number): 0 | -1;

  /** For implementations: calls a watch's callback with what is ready. */
  protected runHandleCallback(
    watch: number,
    fd: number,
    events: number,
    callback: HandleCallback,
    opaque: Opaque,
  ): void {
    callback(watch, fd, events, opaque);
  }

  /** For implementations: calls a timeout's callback. */
  protected runTimeoutCallback(timer: number, callback: TimeoutCallback, opaque: Opaque): void {
    callback(timer, opaque);
  }

  /**
   * For implementations: frees the opaque of a watch or timeout that was removed. Call it once, on a stack of
   * its own and not from within the removal: the code that removes may hold a lock that freeing needs.
   */
  protected freeCallbackOpaque(free: FreeCallback, opaque: Opaque): void {
    free(opaque);
  }
}
