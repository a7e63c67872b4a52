/** The shape of the addon, declared by hand. */
import type { LibvirtErrorFields } from '../errors.js';

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

/** What a call is made on. */
export type Handle = ConnectionHandle | DomainHandle;

/** The name of a function that the addon calls by its table, addon/calls/table.cc. */
export type LibvirtFunction = `vir${string}`;

/** What a function is passed beside the handle: numbers are integers, and null is NULL. */
export type CallArgument = number | string | null;

/** An object that a call answers with. */
export interface FoundObject<H extends Handle> {
  readonly handle: H;
  /** What the object keeps for its life: a uuid, or a node device's name. */
  readonly key: string;
  readonly name: string;
  /** The number of a domain that runs, otherwise -1. */
  readonly id: number;
}

/** Events as the addon hands them over; see addon/events/queue.h. Valid during onEvents only: copy what is kept. */
export interface EventSlice {
  /** How many events, how many of `numbers` belong to them, and 1 where the order of `identities` begins anew. */
  readonly head: Int32Array;
  readonly numbers: Float64Array;
  /** This array is not used again. */
  readonly strings: readonly (string | null)[];
  readonly identities: readonly string[];
}

/** What the addon calls. None of these may throw: C frames lie below. See hooks.ts. */
export interface Hooks {
  readonly isMainThread: boolean;
  /** So many pairs of token and ready mask are in {@link Addon.readyBuffer}. */
  readonly onReady: (count: number) => void;
  /** What libvirt wants of its event loop; see {@link LoopReceiver}. */
  readonly addHandle: (id: number, fd: number, mask: number) => boolean;
  readonly updateHandle: (id: number, mask: number) => void;
  readonly removeHandle: (id: number) => boolean;
  readonly addTimeout: (id: number, frequencyMs: number) => boolean;
  readonly updateTimeout: (id: number, frequencyMs: number) => void;
  readonly removeTimeout: (id: number) => boolean;
  /** A handle made by `event.addHandle` is ready. */
  readonly onHandle: (watch: number, fd: number, mask: number) => void;
  /** A timeout made by `event.addTimeout` is due. */
  readonly onTimeout: (timer: number) => void;
  /**
   * Delivers events of one connection's queue, for so many milliseconds, and answers how many are left. Without a
   * slice it goes on with those.
   */
  readonly onEvents: (queue: number, slice: EventSlice | null, budgetMs: number) => number;
  readonly onLoopFree: () => void;
  readonly onLoopWanted: () => void;
  /** A line that libvirt would print to stderr. */
  readonly onLog: (line: string) => void;
  readonly makeError: (fields: LibvirtErrorFields) => Error;
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
export interface Addon {
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
  /** A handle of a domain, without asking libvirt. */
  readonly referToDomain: (connection: ConnectionHandle, uuid: string) => DomainHandle;
  /**
   * libvirt's functions by their names. What doesn't fit the function's type is a TypeError. Each answers with the
   * function's number, with an array of the numbers that it answers by pointers, or with a {@link FoundObject}.
   */
  readonly calls: Readonly<
    Record<LibvirtFunction, (handle: Handle, ...args: readonly CallArgument[]) => Promise<unknown>>
  >;
}

/** What the `.node` file exports. */
export interface AddonModule {
  readonly attach: (hooks: Hooks) => Addon;
  /**
   * Opens libvirt's client library, which `attach` needs: its version (9.1.2 is 9001002, 0 when unknown), and why it
   * can't be used.
   */
  readonly openLibvirt: () => { readonly version: number; readonly problem: string | null };
}
