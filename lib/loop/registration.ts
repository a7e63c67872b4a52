import { setImmediate, setTimeout } from 'node:timers';
import { getSystemErrorName } from 'node:util';
import { EventLoopError } from '../errors.js';
import { log } from '../logging.js';
import { LoopState, native, type Addon } from '../native.js';
import { receivers } from '../native/receivers.js';
import { EventImpl } from './event-impl.js';
import { ImplementationHost } from './implementation-host.js';
import { RxEventImpl } from './rx-event-impl.js';

let registered: EventImpl | undefined;
/** Whether the user has registered the loop, by {@link register}. */
let isWanted = false;
let isReleasing = false;

receivers.onLoopFree = takeOver;
receivers.onLoopWanted = releaseLoop;

// TypeScript requires these methods. In JavaScript a missing method is found here, and not only by events
// that never come.
const methods = [
  'addHandle',
  'updateHandle',
  'removeHandle',
  'addTimeout',
  'updateTimeout',
  'removeTimeout',
] as const satisfies readonly (keyof EventImpl)[];

/**
 * Registers an event loop with libvirt (virEventRegisterImpl). Without this, the first connection registers
 * `RxEventImpl.shared`. libvirt accepts one loop for the life of the process, so call it once, before the
 * first connection. The same implementation may be registered again, which does nothing.
 * @throws {TypeError} unless `impl` inherits {@link EventImpl} and has its six methods.
 * @throws {EventLoopError} code `'EALREADY'` when another loop is registered; `'EMFILE'` when no file
 *   descriptor is left.
 */
export function register(impl: EventImpl): void {
  if (!(impl instanceof EventImpl)) {
    throw new TypeError('an event loop must be an instance of a subclass of EventImpl');
  }
  for (const method of methods) {
    if (typeof (impl as Partial<EventImpl>)[method] !== 'function')
      throw new TypeError(`an event loop must have a method ${method}`);
  }
  if (impl !== registered) {
    const found = registerIfFree(impl);
    if (!isFree(found)) throw alreadyRegistered(found);
  }
  isWanted = true;
}

// Returns the state that was found. Registers `impl` only if that state is free.
function registerIfFree(impl: EventImpl): LoopState {
  const addon = native();
  if (impl instanceof RxEventImpl) preparePoller(addon);
  const found = addon.registerLoop();
  if (!isFree(found)) return found;
  // The addon brings changes to the host in a later turn of the loop, or when another native call returns.
  receivers.loop = new ImplementationHost(impl, addon);
  registered = impl;
  return found;
}

// Fails here if there is no file descriptor left. A watch that failed later would leave its connection
// without events.
function preparePoller(addon: Addon): void {
  const status = addon.preparePoller();
  if (status === 0) return;
  throw noLoop(getSystemErrorName(status));
}

function noLoop(code: string): EventLoopError {
  const helps: Readonly<Record<string, string>> = {
    EAGAIN: 'end threads, or raise their limit (ulimit -u)',
    ENOMEM: 'free memory, and try again',
  };
  const help = helps[code] ?? 'close files, or raise the limit of open ones (ulimit -n)';
  return new EventLoopError(code, `the event loop can't be made: ${code}; ${help}`);
}

function isFree(state: LoopState): boolean {
  return state === LoopState.none || state === LoopState.ended;
}

/**
 * Registers libvirt's own loop (virEventRegisterDefaultImpl), which runs only while {@link event.runDefault}
 * is called. Call it before the first connection. An open connection keeps the process alive, but with this loop a
 * watch or timeout doesn't, nor does a pending `runDefault()`. While a watch or timeout is always ready, this loop frees
 * nothing that was removed or closed. Most programs want {@link event.registerNative} instead: there rxvirt keeps the loop
 * running, and can hold a flood of events back.
 * @throws {EventLoopError} code `'EALREADY'` when another loop is registered.
 */
export function registerDefault(): void {
  const found = native().registerDefaultLoop();
  if (found !== LoopState.none && found !== LoopState.default) throw alreadyRegistered(found);
}

/**
 * Serves libvirt's watches and timeouts on a thread of their own, from now until the process ends. So
 * connections are kept, and events received, while JavaScript is blocked. The thread belongs to the process,
 * and doesn't keep it alive. Streams and calls are the same as with the other loops.
 *
 * Call it before the first connection. When it is called again, it does nothing. Callbacks of
 * `event.addHandle` and `event.addTimeout` still run on their JavaScript thread; the loop doesn't wait for
 * them.
 * @throws {EventLoopError} code `'EALREADY'` when another loop is registered; `'EMFILE'`, `'EAGAIN'` or
 *   `'ENOMEM'` when no file descriptor, no thread or no memory is left.
 */
export function registerNative(): void {
  const answer = native().registerNativeLoop();
  if (answer < 0) throw noLoop(getSystemErrorName(answer));
  const found = answer as LoopState;
  if (isFree(found) || found === LoopState.native) return;
  if (found === LoopState.ours && !isWanted)
    throw new EventLoopError(
      'EALREADY',
      "the first connection, watch or timeout has registered rxvirt's own event loop already; call event.registerNative() before the first connection",
    );
  throw alreadyRegistered(found);
}

/**
 * Makes sure that libvirt has a loop. Call it before a connection is opened. When the loop's thread ends
 * later, this thread takes over the loop if it has connections.
 */
export function ensureRegistered(): void {
  let state = native().loopState();
  // Another thread may register its loop first. Then that loop serves this thread too.
  if (isFree(state)) state = registerIfFree(RxEventImpl.shared);
  throwIfForeign(state);
}

/**
 * Throws where no connection can ever be opened in this process: the addon or libvirt is missing, or libvirt has the
 * loop of other code.
 */
export function assertUsable(): void {
  throwIfForeign(native().loopState());
}

function throwIfForeign(state: LoopState): void {
  if (state === LoopState.foreign || state === LoopState.otherInstall) throw alreadyRegistered(state);
}

const takeOverAgainMs = 1000;
let isTakeOverDue = false;

// Registering can fail, for example because no file descriptor is left. Then it is tried again later.
// Connections keep this thread alive meanwhile.
function takeOver(): void {
  if (isTakeOverDue) return;
  try {
    ensureRegistered();
  } catch (error) {
    log().error(
      `no thread has the event loop any more, and this thread can't take it over yet: ${String(error)}`,
    );
    isTakeOverDue = true;
    setTimeout(() => {
      isTakeOverDue = false;
      takeOver();
    }, takeOverAgainMs).unref();
  }
}

/**
 * Gives up the loop once this thread has no connections and another thread has some, which then takes over
 * the loop. Otherwise the watches and timeouts of those connections would keep this thread alive. Does
 * nothing when the user has registered the loop, or when `event.addHandle` or `event.addTimeout` has added
 * sources that still exist.
 */
export function releaseLoop(): void {
  if (registered === undefined || isWanted || isReleasing) return;
  isReleasing = true;
  setImmediate(() => {
    isReleasing = false;
    if (registered === undefined || isWanted || !native().giveUpLoop()) return;
    const given = receivers.loop;
    receivers.loop = registered = undefined;
    given?.removeAll();
  });
}

/**
 * Makes sure that libvirt has a loop that can run callbacks of this thread. The loop of another JavaScript
 * thread can't do that without waiting for this thread.
 */
export function ensureOwnLoop(): void {
  ensureRegistered();
  if (native().loopState() === LoopState.otherThread) throw alreadyRegistered(LoopState.otherThread);
}

/** Resolves once the opaques are freed of all watches and timeouts that libvirt has already removed. */
export async function registrationSettled(): Promise<void> {
  if (registered instanceof RxEventImpl) await registered.freed();
}

function alreadyRegistered(found: LoopState): EventLoopError {
  const reasons: Record<LoopState, string> = {
    [LoopState.none]: 'libvirt refused the event loop',
    [LoopState.ours]:
      'another event loop is registered already; libvirt accepts only one for the life of the process',
    [LoopState.default]:
      "libvirt's default event loop is registered already; libvirt accepts only one for the life of the process",
    [LoopState.foreign]:
      'an event loop was registered by other code in this process; let rxvirt register first, before that code is loaded',
    [LoopState.otherInstall]:
      'another installed copy of rxvirt, or other code, has registered an event loop in this process; let all packages use one copy of rxvirt (npm dedupe)',
    [LoopState.otherThread]:
      'the event loop is registered by another thread of this process; connections may be opened here and use it',
    [LoopState.native]:
      'the native event loop is registered already; libvirt accepts only one for the life of the process',
    [LoopState.ended]: 'the thread with the event loop has ended',
    [LoopState.otherCopy]:
      'the event loop is registered by another copy of rxvirt in this thread; connections may be opened here and use it',
  };
  return new EventLoopError('EALREADY', reasons[found]);
}
