import { createRequire } from 'node:module';

/** The index of a handle or timeout that {@link SpecNative.addSource} has added. */
export type SourceIndex = number;

/** Something that has happened to a source. */
export interface Entry {
  readonly what: 'update' | 'updated' | 'remove' | 'removed' | 'callback' | 'returned' | 'free' | 'mark';
  /** -1 for a mark. */
  readonly source: SourceIndex;
  /** For a callback: what is ready. For an update: what is wanted. After a removal: libvirt's answer. */
  readonly bits: number;
  /** Whether it happened on the thread of the loop: the one that called takeEntries(), unless noteLoop() was called. */
  readonly isLoopThread: boolean;
  /** Whether no call into libvirt, and none of libvirt's callbacks, was under way on that thread. */
  readonly isStackClean: boolean;
}

/** About the ids that one thread got, one after the other. */
export interface ObservedIds {
  readonly first: number;
  readonly last: number;
  /** How many times an id was not the previous id + 1. */
  readonly gaps: number;
  readonly refused: number;
}

export interface StressState {
  readonly operations: number;
  readonly adds: number;
  readonly refusedAdds: number;
  readonly frees: number;
  readonly callbacks: number;
  /** See stress.h. */
  readonly violations: number;
  readonly late: number;
}

/** The specs' own addon: see the headers beside this file. */
export interface SpecNative {
  readonly pipe: () => [readEnd: number, writeEnd: number];
  readonly socketPair: () => [number, number];
  readonly duplicate: (fd: number) => number;
  readonly duplicateTo: (fd: number, target: number) => number;
  readonly close: (fd: number) => void;
  readonly writeByte: (fd: number) => void;
  /** Reads until the fd has no more data. */
  readonly drain: (fd: number) => number;
  /** Writes until the fd takes no more data. */
  readonly fill: (fd: number) => number;

  readonly addSource: (kind: 0 | 1, fd: number, wanted: number, onThread: boolean) => SourceIndex;
  readonly idOf: (source: SourceIndex) => number;
  readonly updateSource: (source: SourceIndex, wanted: number, onThread: boolean) => void;
  readonly removeSource: (source: SourceIndex, onThread: boolean) => number;
  readonly addStep: (
    source: SourceIndex,
    onFree: boolean,
    removes: boolean,
    target: SourceIndex,
    wanted: number,
    onThread: boolean,
  ) => void;
  /** Starts threads that change sources at the same time; three numbers for each call, see recorded_sources.cc. */
  readonly startTogether: (threads: readonly (readonly number[])[]) => void;
  /** Returns false while one of these threads still runs. */
  readonly joinTogether: () => boolean;
  /** Takes the thread that has called back `source` for the thread of the loop. Returns false if none has done so yet. */
  readonly noteLoop: (source: SourceIndex) => boolean;
  /** Adds an entry of the JavaScript thread. */
  readonly mark: () => void;
  readonly takeEntries: () => Entry[];

  /** How much memory C and C++ code of this process uses. */
  readonly nativeBytes: () => number;

  /** Starts a thread that adds, updates and removes a handle and a timeout, `cycles` times. */
  readonly startCycles: (fd: number, cycles: number) => void;
  readonly haveCyclesEnded: () => boolean;
  readonly joinCycles: () => { handles: ObservedIds; timeouts: ObservedIds; failedRemovals: number };
  readonly cycleFrees: () => number;

  readonly startStress: (threads: number, operations: number, onEnd: () => void) => void;
  readonly startEndlessStress: (threads: number) => void;
  readonly joinStress: () => void;
  readonly settleStress: () => void;
  readonly removeStressed: () => void;
  /** Closes the file descriptors of the stress. Nothing may be started after that. */
  readonly closeStressed: () => void;
  readonly stressState: () => StressState;
  readonly stressSettlement: () => { live: number; unsettled: number };
}

const require = createRequire(import.meta.url);

export const specNative = require('../../../build/Release/spec_native.node') as SpecNative;

/** Makes other native code in this process register an event loop with libvirt. */
export function registerForeignLoop(): void {
  const { register } = require('../../../build/Release/foreign_loop.node') as { register: () => void };
  register();
}
