/**
 * The addon, declared by hand: this file is the only one that knows the `.node` file and its shape.
 * It is loaded by the first use, so that the pure parts of the library work without it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { errorFrom, type LibvirtErrorFields } from './errors.js';
import { addonError } from './errors/addon-error.js';
import { reportUnhandled } from './errors/report-unhandled.js';
import { withoutSecrets } from './errors/secrets.js';
import { log } from './logging.js';

declare const brand: unique symbol;
/** An open connection, held by the addon. */
export interface ConnectionHandle {
  readonly [brand]: 'connection';
}
/** A domain of a connection, held by the addon. */
export interface DomainHandle {
  readonly [brand]: 'domain';
}

/** Which event loop libvirt has in this process, as this copy of the library in this thread sees it. */
export const LoopState = {
  none: 0,
  ours: 1,
  default: 2,
  foreign: 3,
  otherThread: 4,
  ended: 5,
  otherCopy: 6,
  otherInstall: 7,
} as const;
export type LoopState = (typeof LoopState)[keyof typeof LoopState];

export const SourceKind = { handle: 0, timeout: 1 } as const;
export type SourceKind = (typeof SourceKind)[keyof typeof SourceKind];

export const ChangeAction = { add: 0, update: 1, remove: 2 } as const;
export type ChangeAction = (typeof ChangeAction)[keyof typeof ChangeAction];

export const LookupBy = { name: 0, uuid: 1, id: 2 } as const;
export type LookupBy = (typeof LookupBy)[keyof typeof LookupBy];

/** Indexes of libvirt's functions that take a domain and nothing else. */
export const DomainAction = { suspend: 0, resume: 1, create: 2, destroy: 3 } as const;
export type DomainAction = (typeof DomainAction)[keyof typeof DomainAction];

/** Events as the addon hands them over; see addon/events/queue.h. */
export interface EventSlice {
  readonly count: number;
  /** Valid during onEvents only: copy what is kept. */
  readonly numbers: Float64Array;
  /** How many of the numbers belong to the slice. */
  readonly length: number;
  readonly strings: readonly (string | null)[];
  readonly identities: readonly string[];
  readonly resetsIdentities: boolean;
}

/** What the addon calls. None of these may throw: C frames lie below. */
export interface NativeHooks {
  /** So many pairs of token and ready mask are in {@link Addon.readyBuffer}. */
  onReady(count: number): void;
  /** libvirt wants this of its event loop; false refuses an add, and leaves the free of a removal to the addon. */
  onChange(action: ChangeAction, kind: SourceKind, id: number, fd: number, wanted: number): boolean;
  /** A handle or timeout made by `event.addHandle` or `event.addTimeout` is due. */
  onSource(kind: SourceKind, id: number, fd: number, bits: number): void;
  /**
   * Delivers events of one connection's queue, for so many milliseconds, and answers how many are left. Without a
   * slice it goes on with those.
   */
  onEvents(queue: number, slice: EventSlice | undefined, budgetMs: number): number;
  /** Nobody has the event loop any more: its thread has ended or given it up. There are connections here that need one. */
  onLoopFree(): void;
  /** Another thread opens a connection, and this one has none, but the event loop. */
  onLoopWanted(): void;
  /** A line that libvirt would print to stderr. */
  onLog(line: string): void;
}

/** What to open. */
export interface OpenRequest {
  readonly uri: string | null;
  readonly isReadOnly: boolean;
  /** The route by which the loss of the connection is told; it names the connection and its queue too. */
  readonly token: number;
  /** 0 asks for no signs of life. */
  readonly keepAliveIntervalSeconds: number;
  readonly keepAliveCount: number;
  /** null for the usual number. */
  readonly callsAtOnce: number | null;
}

/** What to register for; see addon/events/families.h. */
export interface EventRequest {
  readonly family: number;
  readonly eventId: number;
  readonly object: DomainHandle | string | null;
  readonly monitorEvent: string | null;
  readonly monitorFlags: number;
}

/** What a connection has under way at the moment. */
export interface ConnectionStats {
  /** Events that have arrived and are not delivered yet. */
  readonly queuedEvents: number;
  /** Events that were dropped because there was no memory for them. */
  readonly lostEvents: number;
  /** Whether its socket is not read and its new calls wait, until the queued events are delivered. */
  readonly isHeldBack: boolean;
  /** Calls that libvirt has not answered yet. */
  readonly callsUnderWay: number;
  /** Calls that wait for their turn. */
  readonly callsWaiting: number;
}

/** Plain functions, which need no `this`. */
interface NativeFunctions {
  /** Token and ready mask in turns, valid during onReady. */
  readonly readyBuffer: Int32Array;
  readonly loopState: () => LoopState;
  /** Registers our loop when there is none, or when the one that was there has ended; answers with what was found. */
  readonly registerLoop: () => LoopState;
  /** True when this thread had the loop and no use for it, and one with connections takes it over. */
  readonly giveUpLoop: () => boolean;
  readonly registerDefaultLoop: () => LoopState;
  readonly runDefaultLoop: () => Promise<void>;
  /** libvirt's public functions; adds answer with an id or a negated errno. */
  readonly addHandle: (fd: number, events: number) => number;
  readonly updateHandle: (watch: number, events: number) => void;
  readonly removeHandle: (watch: number) => number;
  readonly addTimeout: (frequencyMs: number) => number;
  readonly updateTimeout: (timer: number, frequencyMs: number) => void;
  readonly removeTimeout: (timer: number) => number;
  /** What an EventImpl gets as callbacks; `opaque` is the addon's id of the source. */
  readonly runHandle: (watch: number, fd: number, events: number, opaque: unknown) => void;
  readonly runTimeout: (timer: number, opaque: unknown) => void;
  readonly freeHandle: (opaque: unknown) => boolean;
  readonly freeTimeout: (opaque: unknown) => boolean;
  /** How many sources were added to and freed by the bridge in this process. */
  readonly bridgeCounts: () => { adds: number; frees: number };
  /** 0, or a negated errno. Makes what `pollFd` needs, so that the first watch can't fail for want of it. */
  readonly preparePoller: () => number;
  /** A token, or a negated errno; see addon/loop/fd_poller.h. */
  readonly pollFd: (fd: number, events: number) => number;
  readonly unpollFd: (token: number) => void;
  readonly openConnection: (request: OpenRequest) => Promise<{ handle: ConnectionHandle; uri: string }>;
  /** Resolves with the references that calls under way still hold. */
  readonly closeConnection: (connection: ConnectionHandle) => Promise<number>;
  /**
   * Ends what this process does for a connection, open or being opened, by the token of its request: its promises
   * are rejected, and nothing of it keeps the process alive. Call it also after a close.
   */
  readonly abandonConnection: (token: number) => void;
  readonly connectionStats: (connection: ConnectionHandle) => ConnectionStats;
  readonly registerEvent: (
    connection: ConnectionHandle,
    token: number,
    request: EventRequest,
  ) => Promise<void>;
  readonly deregisterEvent: (connection: ConnectionHandle, token: number) => Promise<void>;
  readonly lookupDomain: (
    connection: ConnectionHandle,
    by: LookupBy,
    value: string,
  ) => Promise<{ handle: DomainHandle; name: string; uuid: string; id: number }>;
  readonly referToDomain: (connection: ConnectionHandle, uuid: string) => DomainHandle;
  readonly actOnDomain: (domain: DomainHandle, action: DomainAction) => Promise<void>;
  readonly domainState: (domain: DomainHandle) => Promise<[state: number, reason: number]>;
}

interface NativeModule {
  readonly attach: (hooks: object) => NativeFunctions;
  /** Of the loaded library: 9.1.2 is 9001002. */
  readonly libvirtVersion: () => number;
}

export interface Addon extends NativeFunctions {
  /** The parts of the library that the addon calls set their hooks here. */
  readonly hooks: NativeHooks;
}

const oldestLibvirt = 7_000_000;

let addon: Addon | undefined;

// The addon calls back in the asynchronous context that it was loaded in. That of the first caller, such as one
// request of a server, is not for all subscribers to see.
const ownContext = AsyncLocalStorage.snapshot();

/** The addon, loaded on first use. */
export function native(): Addon {
  addon ??= ownContext(load);
  return addon;
}

/** A version as people write it: 7000000 is 7.0.0. */
function written(version: number): string {
  return [version / 1_000_000, (version / 1000) % 1000, version % 1000].map(Math.trunc).join('.');
}

function load(): Addon {
  let module: NativeModule;
  try {
    const require = createRequire(import.meta.url);
    module = require('../../build/Release/rxvirt.node') as NativeModule;
  } catch (cause) {
    throw addonError(cause, import.meta.url);
  }
  const version = module.libvirtVersion();
  if (version < oldestLibvirt) {
    throw new Error(
      `rxvirt needs libvirt ${written(oldestLibvirt)} or newer, but this process has loaded ${written(version)}; upgrade libvirt, then run \`npm rebuild rxvirt\``,
    );
  }
  const hooks: NativeHooks = {
    onReady: () => undefined,
    onChange: () => false,
    onSource: () => undefined,
    onEvents: () => 0,
    onLoopFree: () => undefined,
    onLoopWanted: () => undefined,
    onLog: (line) => log().debug(`libvirt: ${withoutSecrets(line)}`),
  };
  // Each hook is looked up when it is called, so that a part of the library may set its own later.
  const functions = module.attach({
    isMainThread,
    onReady: guarded((count: number) => {
      hooks.onReady(count);
    }),
    onChange: (action: ChangeAction, kind: SourceKind, id: number, fd: number, wanted: number) =>
      hooks.onChange(action, kind, id, fd, wanted),
    onSource: guarded((kind: SourceKind, id: number, fd: number, bits: number) => {
      hooks.onSource(kind, id, fd, bits);
    }),
    onEvents: (
      queue: number,
      count: number,
      numbers: Float64Array,
      length: number,
      strings: (string | null)[],
      identities: string[],
      resetsIdentities: boolean,
      budgetMs: number,
    ) =>
      hooks.onEvents(
        queue,
        count === 0 ? undefined : { count, numbers, length, strings, identities, resetsIdentities },
        budgetMs,
      ),
    onLoopFree: guarded(() => {
      hooks.onLoopFree();
    }),
    onLoopWanted: guarded(() => {
      hooks.onLoopWanted();
    }),
    onLog: guarded((line: string) => {
      hooks.onLog(line);
    }),
    makeError: (fields: LibvirtErrorFields) => errorFrom(fields),
  });
  return Object.assign(functions, { hooks });
}

// RxJS reports what a subscriber throws by itself, unless it is configured to throw at once. Either way
// nothing may be thrown into the C frames below.
function guarded<Arguments extends unknown[]>(hook: (...values: Arguments) => void) {
  return (...values: Arguments): void => {
    try {
      hook(...values);
    } catch (error) {
      reportUnhandled(error);
    }
  };
}
