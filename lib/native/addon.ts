/** The types of what the addon exports, declared by hand. */
import type { LibvirtErrorFields } from '../errors.js';
import type {
  ConnectionHandle,
  DomainHandle,
  NetworkHandle,
  NodeDeviceHandle,
  SecretHandle,
  StoragePoolHandle,
  LocalFileHandle,
  StreamHandle,
  HandleList,
  Handle,
  Handles,
  LibvirtFunction,
  CallArgument,
} from './call-types.js';

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
  native: 8,
} as const;
export type LoopState = (typeof LoopState)[keyof typeof LoopState];

/**
 * Events as the addon hands them over; see addon/events/queue.h. Valid only during onEvents: copy what you
 * keep.
 */
export interface EventSlice {
  /**
   * Five values: how many events there are, how many of `numbers` belong to them, 1 if the indices of
   * `identities` start again at 0 (otherwise 0), how many events were lost before these, because there was no memory,
   * and 1 if the connection is behind: see {@link Addon.catchUp}.
   */
  readonly head: Int32Array;
  readonly numbers: Float64Array;
  /** The addon does not use this array again. */
  readonly strings: readonly (string | null)[];
  readonly identities: readonly string[];
}

/** What the addon calls. None of these may throw: C frames lie below. See hooks.ts. */
export interface Hooks {
  readonly isMainThread: boolean;
  /** This many pairs of token and ready mask are in {@link Addon.readyBuffer}. */
  readonly onReady: (count: number) => void;
  /** What libvirt wants from its event loop; see {@link LoopReceiver}. */
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
  /** Another thread has removed a handle or timeout that was made here. */
  readonly onRemoved: (isWatch: boolean, id: number) => void;
  /**
   * Delivers events of one connection's queue for `budgetMs` milliseconds, and returns how many are left.
   * When `slice` is null, it continues with the events that were left.
   */
  readonly onEvents: (queue: number, slice: EventSlice | null, budgetMs: number) => number;
  readonly onLoopFree: () => void;
  readonly onLoopWanted: () => void;
  /** libvirt asks for credentials, to open the connection with this token. {@link Addon.answerAuth} answers. */
  readonly onAuth: (token: number, credentials: readonly AskedCredential[]) => void;
  /** A line that libvirt would print to stderr. */
  readonly onLog: (line: string) => void;
  readonly makeError: (fields: LibvirtErrorFields) => Error;
}

/** Type, prompt, challenge and default of a credential; libvirt's virConnectCredential. */
export type AskedCredential = readonly [
  type: number,
  prompt: string | null,
  challenge: string | null,
  defaultResult: string | null,
];

/** What to open. */
export interface OpenRequest {
  readonly uri: string | null;
  readonly isReadOnly: boolean;
  /**
   * The route by which the loss of the connection is reported. It also identifies the connection and its
   * queue.
   */
  readonly token: number;
  /** 0 turns keepalive off. */
  readonly keepAliveIntervalSeconds: number;
  readonly keepAliveCount: number;
  /** null for the default. */
  readonly callsAtOnce: number | null;
  /** Whether JavaScript answers when libvirt asks for credentials: see {@link Hooks.onAuth}. */
  readonly hasAuth: boolean;
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
  /**
   * Whether its new calls wait until the queued events are delivered. Its socket isn't read meanwhile. With the native
   * loop it is read until 65,536 events are queued.
   */
  readonly isHeldBack: boolean;
  /** Calls that libvirt has not answered yet. */
  readonly callsUnderWay: number;
  /** Calls that wait for their turn. */
  readonly callsWaiting: number;
  /**
   * Of the calls that libvirt has not answered yet: those whose promise was rejected, because of their `timeout` or
   * `signal`. Each of them still takes the place of a call.
   */
  readonly callsGivenUp: number;
}

/** What all connections of one thread have under way together. */
export interface Gauges {
  /** Connections that are open, or are being opened or closed. */
  readonly connections: number;
  readonly queuedEvents: number;
  /** Calls of connections that were given up are among them until libvirt answers. */
  readonly callsUnderWay: number;
  readonly callsWaiting: number;
}

/** Plain functions, which need no `this`. */
export interface Addon {
  /** Pairs of token and ready mask, valid only during onReady. */
  readonly readyBuffer: Int32Array;
  readonly loopState: () => LoopState;
  /** Registers our loop if there is none, or if the last one has ended. Returns the state that was found. */
  readonly registerLoop: () => LoopState;
  /**
   * Gives up the loop if this thread has it but no use for it, and another thread has connections. Returns
   * true if it did: such a thread then takes over the loop.
   */
  readonly giveUpLoop: () => boolean;
  readonly registerDefaultLoop: () => LoopState;
  /** Starts the native loop if there is none. Returns the state that was found, or a negated errno. */
  readonly registerNativeLoop: () => number;
  readonly runDefaultLoop: () => Promise<void>;
  /** libvirt's public functions. The adds return an id or a negated errno. */
  readonly addHandle: (fd: number, events: number) => number;
  readonly updateHandle: (watch: number, events: number) => void;
  readonly removeHandle: (watch: number) => number;
  readonly addTimeout: (frequencyMs: number) => number;
  readonly updateTimeout: (timer: number, frequencyMs: number) => void;
  readonly removeTimeout: (timer: number) => number;
  /** The callbacks that an EventImpl gets. `opaque` is the addon's id of the source. */
  readonly runHandle: (watch: number, fd: number, events: number, opaque: unknown) => void;
  readonly runTimeout: (timer: number, opaque: unknown) => void;
  readonly freeHandle: (opaque: unknown) => boolean;
  readonly freeTimeout: (opaque: unknown) => boolean;
  /**
   * How many sources were added to and freed by the bridge in this process, and how many of each kind it has now.
   */
  readonly bridgeCounts: () => { adds: number; frees: number; watches: number; timeouts: number };
  /**
   * Makes the file descriptor that `pollFd` needs, so that the first watch can't fail because there is none.
   * Returns 0 or a negated errno.
   */
  readonly preparePoller: () => number;
  /** Returns a token or a negated errno; see addon/loop/fd_poller.h. */
  readonly pollFd: (fd: number, events: number) => number;
  readonly unpollFd: (token: number) => void;
  readonly openConnection: (request: OpenRequest) => Promise<{ handle: ConnectionHandle; uri: string }>;
  /** Resolves with the number of references that calls under way still hold. */
  readonly closeConnection: (connection: ConnectionHandle) => Promise<number>;
  /**
   * Stops serving a connection that is open or being opened. `token` is that of its request. Its promises are
   * rejected, and it no longer keeps the process alive. Call it after a close too.
   */
  readonly abandonConnection: (token: number) => void;
  /**
   * Asks the other side of a connection that is behind for an answer. The other side may have had to wait with
   * messages, because the socket was full, and its answer comes after them. Resolves with whether the connection is
   * still behind. That is known when it is called again, a while after the answer. A connection that has more events
   * than JavaScript can take, or has ended, isn't asked.
   */
  readonly catchUp: (connection: ConnectionHandle) => Promise<boolean>;
  /**
   * Reports on the route `token` when a stream is ready: with what for, as a number of `virStreamEventType`. It reports
   * once each time that virStreamEventUpdateCallback has said what is wanted.
   */
  readonly watchStream: (stream: StreamHandle, token: number) => Promise<void>;
  /** Lets the loop read the socket of a connection that has no events, or not. */
  readonly allowReading: (connection: ConnectionHandle, mayRead: boolean) => void;
  /** Answers the question of an open, which waits for it on its thread. null refuses. */
  readonly answerAuth: (token: number, answers: readonly string[] | null) => void;
  /** What all connections of this thread have under way together. */
  readonly gauges: () => Gauges;
  readonly connectionStats: (connection: ConnectionHandle) => ConnectionStats;
  readonly registerEvent: (
    connection: ConnectionHandle,
    token: number,
    request: EventRequest,
  ) => Promise<void>;
  readonly deregisterEvent: (connection: ConnectionHandle, token: number) => Promise<void>;
  /** These make a handle of an object without asking libvirt. `key` is that of a {@link FoundObject}. */
  readonly referToDomain: (connection: ConnectionHandle, key: string) => DomainHandle;
  readonly referToNetwork: (connection: ConnectionHandle, key: string) => NetworkHandle;
  readonly referToNodeDevice: (connection: ConnectionHandle, key: string) => NodeDeviceHandle;
  readonly referToSecret: (connection: ConnectionHandle, key: string) => SecretHandle;
  readonly referToStoragePool: (connection: ConnectionHandle, key: string) => StoragePoolHandle;
  readonly handleAt: <H extends Handle>(handles: HandleList<H>, index: number) => H;
  /** Reads a message of a connection whose reading is not allowed. */
  readonly readBeforeCalls: (connection: ConnectionHandle) => void;
  /** Whether the connection has a socket, and not its driver in this process. */
  readonly hasSocket: (connection: ConnectionHandle) => boolean;
  /** A handle of a file that is open; a negated errno when there is no descriptor for it. */
  readonly shareFile: (fd: number) => LocalFileHandle | number;
  /** Resolves when no call uses the file any more. Later calls can't use it. */
  readonly closeFile: (file: LocalFileHandle) => Promise<void>;
  /** LIBVIRT_DEFAULT_URI of the process; undefined when it is empty or not set. */
  readonly defaultUri: () => string | undefined;
  /** The number of the call that was begun last, for {@link giveUpCall}. */
  readonly lastCall: () => number;
  /**
   * Rejects the promise of a call. A call that has not begun is never begun. libvirt goes on with one that has, and its
   * result is released when it comes.
   */
  readonly giveUpCall: (connection: ConnectionHandle, call: number) => void;
  readonly uuidOfDomain: (domain: DomainHandle) => string;
  /**
   * libvirt's functions by name. An argument that doesn't fit the function's type throws a TypeError. Each
   * promise resolves with what the function returns through a pointer; with an array of that if there are
   * several pointers; with the function's own result if there is none. An object becomes a
   * {@link FoundObject}, a list of objects {@link FoundObjects}, a structure an array of its fields (see
   * addon/calls/fields.h), typed parameters {@link ParameterArrays}. An integer of 64 bits that JavaScript's numbers
   * don't have is a bigint.
   */
  readonly calls: Readonly<
    Record<LibvirtFunction, (handles: Handles, ...args: readonly CallArgument[]) => Promise<unknown>>
  >;
}

/** What the `.node` file exports. */
export interface AddonModule {
  readonly attach: (hooks: Hooks) => Addon;
  /**
   * Opens libvirt's client library. Call it before `attach`. `version` is the library's version (9.1.2 is
   * 9001002), or 0 when it is unknown. `problem` says why the library can't be used, or is null.
   */
  readonly openLibvirt: () => { readonly version: number; readonly problem: string | null };
}
