/**
 * Belongs to whoever added a watch or timeout: an implementation keeps it and hands it back with the
 * callback.
 */
export type Opaque = unknown;

/** What a watch calls when its file descriptor is ready; libvirt's virEventHandleCallback. */
export type HandleCallback = (watch: number, fd: number, events: number, opaque: Opaque) => void;
/** What a timeout calls when it is due; libvirt's virEventTimeoutCallback. */
export type TimeoutCallback = (timer: number, opaque: Opaque) => void;
/** Releases an opaque; libvirt's virFreeCallback. */
export type FreeCallback = (opaque: Opaque) => void;

/**
 * An event loop for libvirt: subclass it to lend libvirt yours, and hand an instance to `event.register`.
 *
 * The contract, which is that of libvirt's virEventRegisterImpl():
 * - Ids are above 0 and never used again; watches and timeouts count separately.
 * - An update of an unknown id does nothing; a removal of one answers -1.
 * - Once a removal has returned, or an update to a mask of 0 or a frequency of -1, the callback is not
 *   called any more.
 * - The opaque of each add is freed exactly once, after its removal has returned: see
 *   {@link freeCallbackOpaque}.
 *
 * All methods are called on the JavaScript thread, never on libvirt's stack. One that throws or answers
 * with anything but an id is logged, and the add is refused.
 */
export abstract class EventImpl {
  /**
   * Watches a file descriptor. The same one may be watched many times, with different masks.
   * @param events Mask of `event.HANDLE_READABLE` … `event.HANDLE_HANGUP`; 0 is silence. Errors and
   *   hang-ups are reported whatever the mask, unless it is 0.
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
   * @param frequency Milliseconds; 0 is once on every turn of the loop, -1 is silence.
   * @returns The timeout's id, above 0, or -1.
   */
  abstract addTimeout(
    frequency: number,
    callback: TimeoutCallback,
    opaque: Opaque,
    free: FreeCallback,
  ): number;

  /** Changes the frequency of a timeout; the period starts afresh, also with the same frequency. */
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
   * For implementations: frees the opaque of a watch or timeout that was removed. Call it once, from a clean
   * stack and not from within the removal: whoever removed may hold a lock that freeing needs.
   */
  protected freeCallbackOpaque(free: FreeCallback, opaque: Opaque): void {
    free(opaque);
  }
}
