import { setImmediate, setTimeout } from 'node:timers';
import { getSystemErrorName } from 'node:util';
import { EventLoopError } from '../errors.js';
import { log } from '../logging.js';
import { ChangeAction, LoopState, native, SourceKind, type Addon } from '../native.js';
import { EventImpl } from './event-impl.js';
import { RxEventImpl } from './rx-event-impl.js';

let registered: EventImpl | undefined;
let host: ImplementationHost | undefined;
/** Whether the user has asked for it. */
let isWanted = false;
let isReleasing = false;

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
  host = new ImplementationHost(impl, addon);
  addon.hooks.onChange = host.onChange.bind(host);
  addon.hooks.onLoopWanted = releaseLoop;
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
  addon.hooks.onLoopFree = takeOver;
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
    const given = host;
    host = registered = undefined;
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

/**
 * Stands between the addon and an implementation: translates ids, and answers for an implementation that
 * throws or returns nonsense.
 */
class ImplementationHost {
  readonly #impl: EventImpl;
  readonly #addon: Addon;
  readonly #handles = new IdTranslation();
  readonly #timeouts = new IdTranslation();

  constructor(impl: EventImpl, addon: Addon) {
    this.#impl = impl;
    this.#addon = addon;
  }

  onChange(action: ChangeAction, kind: SourceKind, id: number, fd: number, wanted: number): boolean {
    const name = kind === SourceKind.handle ? 'Handle' : 'Timeout';
    try {
      if (action === ChangeAction.add) return this.#add(kind, id, fd, wanted, `add${name}`);
      const ids = kind === SourceKind.handle ? this.#handles : this.#timeouts;
      const own = ids.ownOf(id);
      if (own === undefined) return true;
      if (action === ChangeAction.update) {
        if (kind === SourceKind.handle) this.#impl.updateHandle(own, wanted);
        else this.#impl.updateTimeout(own, wanted);
      } else {
        let status: unknown;
        try {
          status = kind === SourceKind.handle ? this.#impl.removeHandle(own) : this.#impl.removeTimeout(own);
        } finally {
          // Last: what stops JavaScript before it leaves the id, and the removal is brought again.
          ids.delete(id);
        }
        if (status !== 0) {
          log().warn(`${this.#name}.remove${name}(${own}) answered ${String(status)} for an id it has`);
          return false;
        }
      }
      return true;
    } catch (error) {
      const verb = action === ChangeAction.add ? 'add' : action === ChangeAction.update ? 'update' : 'remove';
      log().error(`${this.#name}.${verb}${name} threw: ${String(error)}`);
      return false;
    }
  }

  #add(kind: SourceKind, id: number, fd: number, wanted: number, method: string): boolean {
    const { runHandle, runTimeout, freeHandle, freeTimeout } = this.#addon;
    const isHandle = kind === SourceKind.handle;
    const own: unknown = isHandle
      ? this.#impl.addHandle(fd, wanted, runHandle, id, freeHandle)
      : this.#impl.addTimeout(wanted, runTimeout, id, freeTimeout);
    if (typeof own !== 'number' || !Number.isInteger(own) || own <= 0) {
      log().error(`${this.#name}.${method} answered ${String(own)}, which is no id: refused`);
      return false;
    }
    const isNew = (isHandle ? this.#handles : this.#timeouts).add(id, own);
    if (!isNew) log().error(`${this.#name}.${method} answered ${own}, which is the id of another: refused`);
    return isNew;
  }

  /** Removes all that it was told of, as another loop has it from now on. */
  removeAll(): void {
    for (const own of this.#handles.takeAll()) this.#impl.removeHandle(own);
    for (const own of this.#timeouts.takeAll()) this.#impl.removeTimeout(own);
  }

  get #name(): string {
    return this.#impl.constructor.name;
  }
}

/** The implementation's own id for each of the addon's. */
class IdTranslation {
  readonly #own = new Map<number, number>();
  readonly #taken = new Set<number>();

  /** False when the implementation has given the id to another, which still lives. */
  add(id: number, own: number): boolean {
    if (this.#taken.has(own)) return false;
    this.#taken.add(own);
    this.#own.set(id, own);
    return true;
  }

  ownOf(id: number): number | undefined {
    return this.#own.get(id);
  }

  /** The implementation's own ids, which are forgotten. */
  takeAll(): number[] {
    const own = [...this.#taken];
    this.#own.clear();
    this.#taken.clear();
    return own;
  }

  delete(id: number): void {
    const own = this.#own.get(id);
    if (own === undefined) return;
    this.#own.delete(id);
    this.#taken.delete(own);
  }
}
