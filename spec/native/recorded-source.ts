import { expect } from 'chai';
import { event, RxEventImpl } from '../../lib/index.js';
import { specNative, type Entry, type SourceIndex } from './spec-native.js';

interface Where {
  /** Makes the call on a thread of its own, while the JavaScript thread waits for that thread. */
  readonly onThread?: boolean;
}

/** What a source does in its callback: it removes a source, or updates it. */
type Step = Where &
  ({ readonly remove: RecordedSource } | { readonly update: RecordedSource; wanted: number });

const entries: Entry[] = [];
const living = new Set<RecordedSource>();

/** Everything that has happened since the last {@link leaveNothing}, in order. */
export function history(): readonly Entry[] {
  entries.push(...specNative.takeEntries());
  return entries;
}

/** A handle or timeout that C code adds through libvirt. {@link history} has everything that happens to it. */
export class RecordedSource {
  readonly index: SourceIndex;

  private constructor(kind: 0 | 1, fd: number, wanted: number, { onThread = false }: Where) {
    event.register(RxEventImpl.shared);
    this.index = specNative.addSource(kind, fd, wanted, onThread);
    if (this.id > 0) living.add(this);
  }

  static handle(fd: number, events: number, where: Where = {}): RecordedSource {
    return new RecordedSource(0, fd, events, where);
  }

  static timeout(frequency: number, where: Where = {}): RecordedSource {
    return new RecordedSource(1, -1, frequency, where);
  }

  /** The id of the source; -1 when it was refused. */
  get id(): number {
    return specNative.idOf(this.index);
  }

  get entries(): readonly Entry[] {
    return history().filter(({ source }) => source === this.index);
  }

  get callbacks(): number {
    return this.#all('callback').length;
  }

  get frees(): number {
    return this.#all('free').length;
  }

  /** The different masks with which it was called back. */
  get masks(): number[] {
    return [...new Set(this.#all('callback').map(({ bits }) => bits))].sort((a, b) => a - b);
  }

  update(wanted: number, { onThread = false }: Where = {}): void {
    specNative.updateSource(this.index, wanted, onThread);
  }

  remove({ onThread = false }: Where = {}): number {
    return specNative.removeSource(this.index, onThread);
  }

  /** The first time when it is called back, it does this. */
  onCallback(step: Step): this {
    return this.#step(step, false);
  }

  onFree(step: Step): this {
    return this.#step(step, true);
  }

  #step(step: Step, onFree: boolean): this {
    const target = 'remove' in step ? step.remove : step.update;
    const wanted = 'update' in step ? step.wanted : 0;
    specNative.addStep(this.index, onFree, 'remove' in step, target.index, wanted, step.onThread ?? false);
    return this;
  }

  #all(what: Entry['what']): readonly Entry[] {
    return this.entries.filter((entry) => entry.what === what);
  }
}

/** Lets the loop turn `count` times. In each turn the loop looks for files that are ready. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

// This limit turns a hang into a failure. What the specs wait for takes only a few turns.
const limitMs = 10_000;

/** Lets the loop turn until the condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`this never became true: ${condition.toString()}`);
    await turns(1);
  }
}

/**
 * For `afterEach`. Removes the sources that the spec has left, and checks the contract for every source: it is freed
 * once, after its removal. The free is the last thing that happens to it. It runs on the loop's thread, and not from
 * inside a call into libvirt.
 */
export async function leaveNothing(): Promise<void> {
  try {
    await removeAll();
  } finally {
    living.clear();
    entries.length = 0;
  }
}

async function removeAll(): Promise<void> {
  for (const source of living) {
    if (!source.entries.some(({ what }) => what === 'remove')) source.remove();
  }
  await until(() => [...living].every(({ frees }) => frees > 0));
  await turns(5);
  for (const source of living) expectOneFree(source);
  expect(RxEventImpl.shared.stats()).to.deep.equal({ handles: 0, timeouts: 0, pendingFrees: 0 });
}

function expectOneFree(source: RecordedSource): void {
  const whats = source.entries.map(({ what }) => what);
  expect(whats.filter((what) => what === 'free')).to.have.length(1);
  expect(whats.at(-1)).to.equal('free');
  expect(whats).to.include('removed');
  expect(source.entries.at(-1)).to.include({ isLoopThread: true, isStackClean: true });
}
