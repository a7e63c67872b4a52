import { setImmediate } from 'node:timers';
import { Subject, Subscription, type Observable } from 'rxjs';
import { checkLogger, guardedLogger, log as libraryLog, type LogSink } from '../logging.js';
import { checkFunction, checkKeys } from '../arguments.js';
import { ALWAYS_REPORTED } from './constants.js';
import { DeferredFrees } from './deferred-frees.js';
import {
  EventImpl,
  type FreeCallback,
  type HandleCallback,
  type Opaque,
  type TimeoutCallback,
} from './event-impl.js';
import { fromFd } from './from-fd.js';
import { checkTimeoutSources, ticks, type TimeoutSources } from './from-timeout.js';
import type { LoopActivity, LoopStats } from './loop-activity.js';

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

interface Removed {
  readonly kind: 'handle' | 'timeout';
  readonly id: number;
  readonly free: FreeCallback;
  readonly opaque: Opaque;
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
  readonly #frees: DeferredFrees<Removed>;
  readonly #logger: LogSink | undefined;
  readonly #watches = new Map<number, Watch>();
  readonly #timers = new Map<number, Timer>();
  readonly #activity = new Subject<LoopActivity>();
  #lastWatch = 0;
  #lastTimer = 0;
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
    this.#frees = new DeferredFrees(
      scheduler === undefined ? setImmediate : (work) => scheduler.schedule(work),
      (removed) => {
        this.#free(removed);
      },
      () => {
        if (this.isIdle) for (const resolve of this.#whenIdle.splice(0)) resolve();
      },
    );
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
    return this.#watches.size + this.#timers.size + this.#frees.pending === 0;
  }

  stats(): LoopStats {
    return { handles: this.#watches.size, timeouts: this.#timers.size, pendingFrees: this.#frees.pending };
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
    return this.#frees.freed();
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
    this.#frees.schedule();
    return -1;
  }

  #release(kind: 'handle' | 'timeout', id: number, source: Watch | Timer): void {
    source.subscription.unsubscribe();
    if (this.#activity.observed) this.#activity.next({ action: 'remove', kind, id });
    this.#frees.add({ kind, id, free: source.free, opaque: source.opaque });
  }

  #free({ kind, id, free, opaque }: Removed): void {
    try {
      this.freeCallbackOpaque(free, opaque);
    } catch (error) {
      this.#log.error(`freeing ${kind} ${id} failed: ${String(error)}`);
    }
    if (this.#activity.observed) this.#activity.next({ action: 'free', kind, id });
  }

  get #log(): LogSink {
    return this.#logger ?? libraryLog();
  }
}
