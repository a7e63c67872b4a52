/**
 * libvirt's event loop: functions that register a loop, and functions that use the registered loop for
 * watches and timeouts. The functions are those of Perl's Sys::Virt::Event. libvirt documents them in
 * libvirt-event.h.
 */
import { getSystemErrorName } from 'node:util';
import { EventLoopError } from '../errors.js';
import { LoopState, native } from '../native.js';
import { receivers } from '../native/receivers.js';
import { checkFunction, checkInteger } from '../arguments.js';
import { ensureOwnLoop, releaseLoop } from './registration.js';

export { HANDLE_ERROR, HANDLE_HANGUP, HANDLE_READABLE, HANDLE_WRITABLE } from './constants.js';
export { register, registerDefault, registerNative } from './registration.js';

const allBits = 15;
const maxInt = 0x7fffffff;

/**
 * Runs one iteration of libvirt's default loop, on a thread of its own: JavaScript is never blocked. Call it
 * again and again as long as the loop is to run. A pending call doesn't keep the process alive.
 * @returns Resolves once the iteration has ended. It can last until something is ready or due.
 * @throws {EventLoopError} code `'EINVAL'` when {@link registerDefault} was not called.
 * @throws {LibvirtError} when virEventRunDefaultImpl() fails.
 */
export async function runDefault(): Promise<void> {
  if (native().loopState() !== LoopState.default) {
    throw new EventLoopError(
      'EINVAL',
      "libvirt's default event loop is not registered; call event.registerDefault() first",
    );
  }
  await native().runDefaultLoop();
}

/**
 * Watches a file descriptor through libvirt (virEventAddHandle), with the event loop that is registered. If
 * there is none, `RxEventImpl.shared` is registered first.
 * @param fd An open file descriptor. You still own it, and must keep it open until the watch is removed.
 * @param events Mask of `HANDLE_READABLE` … `HANDLE_HANGUP`; with 0 nothing is reported.
 * @param callback Called while the descriptor is ready. Errors and hang-ups are reported whatever the mask,
 *   unless it is 0. An exception of the callback is reported as an uncaught exception, and the watch stays.
 * @returns The watch's id, above 0.
 * @throws {TypeError | RangeError} for invalid arguments.
 * @throws {EventLoopError} when the watch is refused; code `'EBADF'` when `fd` is not open, and `'EALREADY'` when
 *   another JavaScript thread has the loop (with {@link registerNative} or {@link registerDefault} none has it).
 */
export function addHandle(
  fd: number,
  events: number,
  callback: (watch: number, fd: number, events: number) => void,
): number {
  checkInteger('fd', fd, -maxInt - 1, maxInt);
  checkInteger('events', events, 0, allBits);
  checkFunction('callback', callback);
  ensureOwnLoop();
  const watch = idOrThrow(native().addHandle(fd, events), `file descriptor ${fd} can't be watched`);
  receivers.handles.set(watch, callback);
  return watch;
}

/**
 * Changes the mask of a watch (virEventUpdateHandle). For an unknown watch it does nothing.
 * @throws {TypeError | RangeError} for invalid arguments.
 */
export function updateHandle(watch: number, events: number): void {
  checkInteger('watch', watch, -maxInt - 1, maxInt);
  checkInteger('events', events, 0, allBits);
  native().updateHandle(watch, events);
}

/**
 * Ends a watch (virEventRemoveHandle): its callback is not called any more.
 * @throws {TypeError | RangeError} when `watch` is invalid.
 * @throws {EventLoopError} code `'ENOENT'` when there is no such watch.
 */
export function removeHandle(watch: number): void {
  checkInteger('watch', watch, -maxInt - 1, maxInt);
  const isKnown = native().removeHandle(watch) === 0;
  receivers.handles.delete(watch);
  releaseLoop();
  if (!isKnown) throw new EventLoopError('ENOENT', `there is no watch ${watch}`);
}

/**
 * Calls back each `frequency` milliseconds through libvirt (virEventAddTimeout), with the event loop that is
 * registered. If there is none, `RxEventImpl.shared` is registered first.
 * @param frequency Milliseconds. 0 calls back once on every turn of the loop, -1 never.
 * @param callback Its exceptions are reported as uncaught exceptions, and the timeout stays.
 * @returns The timeout's id, above 0.
 * @throws {TypeError | RangeError} for invalid arguments.
 * @throws {EventLoopError} when the timeout is refused; code `'EALREADY'` when another JavaScript thread has the
 *   loop (with {@link registerNative} or {@link registerDefault} none has it).
 */
export function addTimeout(frequency: number, callback: (timer: number) => void): number {
  checkInteger('frequency', frequency, -1, maxInt);
  checkFunction('callback', callback);
  ensureOwnLoop();
  const timer = idOrThrow(native().addTimeout(frequency), `a timeout of ${frequency} ms can't be added`);
  receivers.timeouts.set(timer, callback);
  return timer;
}

/**
 * Changes the frequency of a timeout (virEventUpdateTimeout). The period starts again, even with the same
 * frequency. For an unknown timeout it does nothing.
 * @param frequency Milliseconds. 0 calls back once on every turn of the loop, -1 never.
 * @throws {TypeError | RangeError} for invalid arguments.
 */
export function updateTimeout(timer: number, frequency: number): void {
  checkInteger('timer', timer, -maxInt - 1, maxInt);
  checkInteger('frequency', frequency, -1, maxInt);
  native().updateTimeout(timer, frequency);
}

/**
 * Ends a timeout (virEventRemoveTimeout): its callback is not called any more.
 * @throws {TypeError | RangeError} when `timer` is invalid.
 * @throws {EventLoopError} code `'ENOENT'` when there is no such timeout.
 */
export function removeTimeout(timer: number): void {
  checkInteger('timer', timer, -maxInt - 1, maxInt);
  const isKnown = native().removeTimeout(timer) === 0;
  receivers.timeouts.delete(timer);
  releaseLoop();
  if (!isKnown) throw new EventLoopError('ENOENT', `there is no timeout ${timer}`);
}

function idOrThrow(answer: number, failure: string): number {
  // libvirt's default loop counts from 1, but an id of 0 would be valid too.
  if (answer >= 0) return answer;
  const code = getSystemErrorName(answer);
  throw new EventLoopError(
    code,
    `${failure}: ${code === 'EBADF' ? 'it is not open (EBADF)' : 'the event loop refused it'}`,
  );
}
