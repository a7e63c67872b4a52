import { setImmediate } from 'node:timers';
import { Subject, Subscription, type Observable } from 'rxjs';
import { checkLogger, guardedLogger, log as libraryLog, type LogSink } from '../logging.js';
import { checkFunction, checkKeys } from './arguments.js';
import { ALWAYS_REPORTED } from './constants.js';
import {
  EventImpl,
  type FreeCallback,
  type HandleCallback,
  type Opaque,
  type TimeoutCallback,
} from './event-impl.js';
import { fromFd } from './from-fd.js';
import { checkTimeoutSources, ticks, type TimeoutSources } from './from-timeout.js';

/** One step of an {@link RxEventImpl}, for tracing. */
export type LoopActivity =
  | {
      readonly action: 'add' | 'update';
      readonly kind: 'handle';
      readonly id: number;
      readonly fd: number;
      readonly events: number;
    }
  | {
      readonly action: 'dispatch';
      readonly kind: 'handle';
      readonly id: number;
      readonly fd: number;
      readonly events: number;
    }
  | {
      readonly action: 'add' | 'update';
      readonly kind: 'timeout';
      readonly id: number;
      readonly frequency: number;
    }
  | { readonly action: 'dispatch'; readonly kind: 'timeout'; readonly id: number }
  | { readonly action: 'remove' | 'free'; readonly kind: 'handle' | 'timeout'; readonly id: number };

/** What an {@link RxEventImpl} holds. */
export interface LoopStats {
  /** Watches on file descriptors. */
  readonly handles: number;
  readonly timeouts: number;
  /** Watches and timeouts that are removed but not freed yet. */
  readonly pendingFrees: number;
}

/** Where an {@link RxEventImpl} gets readiness and time from, and where it logs. */
export interface RxEventImplOptions extends TimeoutSources {
  /** Emits what a file descriptor is ready for; {@link fromFd} unless given. Not called for a mask of 0. */
  readonly fromFd?: (fd: number, events: number) => Observable<number>;
  readonly logger?: LogSink;
}

const optionNames = Object.keys({
  fromFd: true,
  scheduler: true,
  turns: true,
  logger: true,
} satisfies Record<keyof RxEventImplOptions, true>);

interface Watch {
  readonly fd: number;
  readonly callback: HandleCallback;
  readonly opaque: Opaque;
  readonly free: FreeCallback;
  subscription: Subscription;
}

interface Timer {
  readonly callback: TimeoutCallback;
  readonly opaque: Opaque;
  readonly free: FreeCallback;
  subscription: Subscription;
}

/**
 * libvirt's event loop over RxJS: each watch is one subscription to `fromFd`, each timeout one to
 * `fromTimeout`. An add subscribes, an update subscribes anew, a removal unsubscribes and frees later.
 */
export class RxEventImpl extends EventImpl {
  static #shared: RxEventImpl | undefined;

  /** The one instance for normal use. Opening a connection registers it when no event loop is registered. */
  static get shared(): RxEventImpl {
    return (RxEventImpl.#shared ??= new RxEventImpl());
  }

  readonly #fromFd: (fd: number, events: number) => Observable<number>;
  readonly #timeoutSources: TimeoutSources;
  readonly #defer: (work: () => void) => void;
  readonly #logger: LogSink | undefined;
  readonly #watches = new Map<number, Watch>();
  readonly #timers = new Map<number, Timer>();
  readonly #activity = new Subject<LoopActivity>();
  #lastWatch = 0;
  #lastTimer = 0;
  #removed: { kind: 'handle' | 'timeout'; id: number; free: FreeCallback; opaque: Opaque }[] = [];
  /** How many are being freed just now. */
  #inFree = 0;
  #isFreeDue = false;
  #whenFreed: (() => void)[] = [];
  #whenIdle: (() => void)[] = [];

  /** @throws {TypeError} for unknown or wrong options. */
  constructor(options: RxEventImplOptions = {}) {
    super();
    checkKeys('RxEventImpl', options, optionNames);
    checkTimeoutSources(options);
    if (options.fromFd !== undefined) checkFunction('fromFd', options.fromFd);
    if (options.logger !== undefined) checkLogger(options.logger);
    this.#fromFd = options.fromFd ?? fromFd;
    this.#timeoutSources = options;
    const { scheduler } = options;
    this.#defer = scheduler === undefined ? setImmediate : (work) => scheduler.schedule(work);
    this.#logger = options.logger && guardedLogger(options.logger);
  }

  /**
   * Emits every add, update, remove, dispatch and free. Hot. Never completes. Costs nothing without a
   * subscriber.
   */
  get activity(): Observable<LoopActivity> {
    return this.#activity.asObservable();
  }

  /** Whether there are no watches and no timeouts, and everything that was removed is freed. */
  get isIdle(): boolean {
    return this.#watches.size + this.#timers.size + this.#pendingFrees === 0;
  }

  stats(): LoopStats {
    return { handles: this.#watches.size, timeouts: this.#timers.size, pendingFrees: this.#pendingFrees };
  }

  /** Resolves once everything is removed and freed. After a close that can take a moment. */
  drain(): Promise<void> {
    return this.isIdle ? Promise.resolve() : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /**
   * Resolves once everything that is already removed is freed. It doesn't wait for watches and timeouts that
   * still exist.
   */
  freed(): Promise<void> {
    return this.#pendingFrees === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#whenFreed.push(resolve));
  }

  override addHandle(
    fd: number,
    events: number,
    callback: HandleCallback,
    opaque: Opaque,
    free: FreeCallback,
  ): number {
    const id = ++this.#lastWatch;
    const watch: Watch = { fd, callback, opaque, free, subscription: Subscription.EMPTY };
    this.#watches.set(id, watch);
    if (this.#activity.observed) this.#activity.next({ action: 'add', kind: 'handle', id, fd, events });
    const isRefused = !this.#subscribeWatch(id, watch, events);
    if (isRefused) this.#watches.delete(id);
    return isRefused ? -1 : id;
  }

  override updateHandle(id: number, events: number): void {
    const watch = this.#watches.get(id);
    if (watch === undefined) return;
    watch.subscription.unsubscribe();
    if (this.#activity.observed)
      this.#activity.next({ action: 'update', kind: 'handle', id, fd: watch.fd, events });
    this.#subscribeWatch(id, watch, events);
  }

  override removeHandle(id: number): 0 | -1 {
    const watch = this.#watches.get(id);
    if (watch === undefined) return this.#refuseRemoval();
    this.#watches.delete(id);
    this.#release('handle', id, watch);
    return 0;
  }

  override addTimeout(
    frequency: number,
    callback: TimeoutCallback,
    opaque: Opaque,
    free: FreeCallback,
  ): number {
    const id = ++this.#lastTimer;
    const timer: Timer = { callback, opaque, free, subscription: Subscription.EMPTY };
    this.#timers.set(id, timer);
    if (this.#activity.observed) this.#activity.next({ action: 'add', kind: 'timeout', id, frequency });
    this.#subscribeTimer(id, timer, frequency);
    return id;
  }

  override updateTimeout(id: number, frequency: number): void {
    const timer = this.#timers.get(id);
    if (timer === undefined) return;
    timer.subscription.unsubscribe();
    if (this.#activity.observed) this.#activity.next({ action: 'update', kind: 'timeout', id, frequency });
    this.#subscribeTimer(id, timer, frequency);
  }

  override removeTimeout(id: number): 0 | -1 {
    const timer = this.#timers.get(id);
    if (timer === undefined) return this.#refuseRemoval();
    this.#timers.delete(id);
    this.#release('timeout', id, timer);
    return 0;
  }

  // Returns false when the source failed at once.
  #subscribeWatch(id: number, watch: Watch, events: number): boolean {
    watch.subscription = Subscription.EMPTY;
    if (events === 0) return true;
    const { fd, callback, opaque } = watch;
    let hasFailed = false;
    // Set before the source is subscribed to: a source may emit at once, and the callback may then update or
    // remove the watch.
    const subscription = (watch.subscription = new Subscription());
    const inner = this.#fromFd(fd, events).subscribe({
      next: (ready) => {
        const own = ready & (events | ALWAYS_REPORTED);
        if (own === 0 || subscription.closed) return;
        if (this.#activity.observed)
          this.#activity.next({ action: 'dispatch', kind: 'handle', id, fd, events: own });
        this.runHandleCallback(id, fd, own, callback, opaque);
      },
      error: (error: unknown) => {
        hasFailed = true;
        this.#log.error(`watch ${id} on file descriptor ${fd} failed: ${String(error)}`);
      },
    });
    subscription.add(inner);
    return !hasFailed;
  }

  #subscribeTimer(id: number, timer: Timer, frequency: number): void {
    const { callback, opaque } = timer;
    const subscription = (timer.subscription = new Subscription());
    const inner = ticks(frequency, this.#timeoutSources).subscribe({
      next: () => {
        if (subscription.closed) return;
        if (this.#activity.observed) this.#activity.next({ action: 'dispatch', kind: 'timeout', id });
        this.runTimeoutCallback(id, callback, opaque);
      },
      error: (error: unknown) => {
        this.#log.error(`timeout ${id} failed: ${String(error)}`);
      },
    });
    subscription.add(inner);
  }

  // The id may belong to a removal that was stopped halfway, and is now asked for again. Then its free is
  // still due.
  #refuseRemoval(): -1 {
    this.#deferFrees();
    return -1;
  }

  #release(kind: 'handle' | 'timeout', id: number, source: Watch | Timer): void {
    source.subscription.unsubscribe();
    if (this.#activity.observed) this.#activity.next({ action: 'remove', kind, id });
    this.#removed.push({ kind, id, free: source.free, opaque: source.opaque });
    this.#deferFrees();
  }

  // The code that removes may hold a lock that the free callback needs. So the free callback runs later, on a
  // stack of its own.
  #deferFrees(): void {
    if (this.#isFreeDue || this.#removed.length === 0) return;
    this.#defer(() => {
      this.#freeRemoved();
    });
    // False if the scheduler has run the work at once. Comes last: if JavaScript is stopped before this line,
    // the next removal schedules the frees.
    this.#isFreeDue = this.#removed.length > 0;
  }

  #freeRemoved(): void {
    this.#isFreeDue = false;
    const removed = this.#removed;
    this.#removed = [];
    this.#inFree = removed.length;
    for (const { kind, id, free, opaque } of removed) {
      try {
        this.freeCallbackOpaque(free, opaque);
      } catch (error) {
        this.#log.error(`freeing ${kind} ${id} failed: ${String(error)}`);
      }
      if (this.#activity.observed) this.#activity.next({ action: 'free', kind, id });
    }
    this.#inFree = 0;
    // A free callback may have removed something meanwhile. Then this waits for that one's free too.
    if (this.#pendingFrees === 0) for (const resolve of this.#whenFreed.splice(0)) resolve();
    if (this.isIdle) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  get #pendingFrees(): number {
    return this.#removed.length + this.#inFree;
  }

  get #log(): LogSink {
    return this.#logger ?? libraryLog();
  }
}
