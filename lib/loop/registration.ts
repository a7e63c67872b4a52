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
/** Whether the user has asked for it. */
let isWanted = false;
let isReleasing = false;

receivers.onLoopFree = takeOver;
receivers.onLoopWanted = releaseLoop;

// TypeScript asks for them; JavaScript finds out here, and not by events that never come.
const methods = [
  'addHandle',
  'updateHandle',
  'removeHandle',
  'addTimeout',
  'updateTimeout',
  'removeTimeout',
] as const satisfies readonly (keyof EventImpl)[];

/** Registers `impl` with libvirt; see {@link event.register}. */
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

// Answers with the state that was found: registered only where that is free.
function registerIfFree(impl: EventImpl): LoopState {
  const addon = native();
  if (impl instanceof RxEventImpl) preparePoller(addon);
  const found = addon.registerLoop();
  if (!isFree(found)) return found;
  // Changes are brought over in a later turn of the loop, or when another native call returns.
  receivers.loop = new ImplementationHost(impl, addon);
  registered = impl;
  return found;
}

// A watch that fails later would leave its connection without events.
function preparePoller(addon: Addon): void {
  const status = addon.preparePoller();
  if (status === 0) return;
  const code = getSystemErrorName(status);
  throw new EventLoopError(
    code,
    `the event loop can't be made: ${code}; close files, or raise the limit of open ones (ulimit -n)`,
  );
}

function isFree(state: LoopState): boolean {
  return state === LoopState.none || state === LoopState.ended;
}

/** Registers libvirt's own loop; see {@link event.registerDefault}. */
export function registerDefault(): void {
  const found = native().registerDefaultLoop();
  if (found !== LoopState.none && found !== LoopState.default) throw alreadyRegistered(found);
}

/**
 * Sees to it that libvirt has a loop, before a connection is opened. When the loop's thread ends later, this one
 * takes the loop over as long as it has connections.
 */
export function ensureRegistered(): void {
  const addon = native();
  let state = addon.loopState();
  // Another thread may be faster, and then its loop serves this one too.
  if (isFree(state)) state = registerIfFree(RxEventImpl.shared);
  if (state === LoopState.foreign || state === LoopState.otherInstall) throw alreadyRegistered(state);
}

const takeOverAgainMs = 1000;
let isTakeOverDue = false;

// It fails for want of a file descriptor, for example. Connections of this thread keep it alive meanwhile.
function takeOver(): void {
  if (isTakeOverDue) return;
  try {
    ensureRegistered();
  } catch (error) {
    log().error(`the event loop, which no thread has any more, can't be taken over yet: ${String(error)}`);
    isTakeOverDue = true;
    setTimeout(() => {
      isTakeOverDue = false;
      takeOver();
    }, takeOverAgainMs).unref();
  }
}

/**
 * Lets another thread that has connections take the loop over, once this one has none: their watches and timeouts would
 * keep this thread. Not where the loop was registered by the user, or has watches or timeouts of this thread.
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
 * Sees to it that libvirt has a loop that can run callbacks of this thread. Another JavaScript thread's would
 * have to wait for this one.
 */
export function ensureOwnLoop(): void {
  ensureRegistered();
  if (native().loopState() === LoopState.otherThread) throw alreadyRegistered(LoopState.otherThread);
}

/** Resolves once the opaques of what libvirt has removed by now are freed. */
export async function registrationSettled(): Promise<void> {
  if (registered instanceof RxEventImpl) await registered.freed();
}

function alreadyRegistered(found: LoopState): EventLoopError {
  const reasons: Record<LoopState, string> = {
    [LoopState.none]: 'libvirt refused the event loop',
    [LoopState.ours]:
      'another event loop is registered already; libvirt takes one for the life of the process',
    [LoopState.default]:
      "libvirt's default event loop is registered already; libvirt takes one for the life of the process",
    [LoopState.foreign]:
      'an event loop was registered by other code in this process; let rxvirt register first, before that code is loaded',
    [LoopState.otherInstall]:
      'another installed copy of rxvirt, or other code, has registered an event loop in this process; let all packages use one copy of rxvirt (npm dedupe)',
    [LoopState.otherThread]:
      'the event loop is registered by another thread of this process; connections may be opened here and use it',
    [LoopState.ended]: 'the thread with the event loop has ended',
    [LoopState.otherCopy]:
      'the event loop is registered by another copy of rxvirt in this thread; connections may be opened here and use it',
  };
  return new EventLoopError('EALREADY', reasons[found]);
}
