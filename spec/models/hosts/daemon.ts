import { Observable, type SchedulerLike } from 'rxjs';
import { ConnectionClosedError } from '../../../lib/index.js';
import { DaemonConnection } from './daemon-connection.js';
import { keepAliveMs, type Answer, type History, type Loss } from './history.js';

/** What an object is like. Each change gives it a version that no object had before. */
export interface Snapshot {
  readonly key: string;
  readonly version: number;
}

/** A change of an object, or what a daemon says is one. */
export interface Told {
  readonly type: 'event';
  readonly key: string;
  readonly serial: number;
}

/** An event, and when it was sent. */
export interface Sent extends Told {
  readonly time: number;
}

/** A host in virtual time: its objects, its daemon, and the connections to it. */
export class Daemon {
  readonly scheduler: SchedulerLike;
  readonly history: History;
  readonly objects = new Map<string, Snapshot>();
  /** Everything that an object has been, oldest first: its versions, and when it was gone. */
  readonly past = new Map<string, { version: number; isGone: boolean }[]>();
  readonly sent: Sent[] = [];
  /** Nothing fails any more. */
  isCalm = false;
  openCount = 0;
  readonly faults: string[] = [];
  readonly #connections = new Set<DaemonConnection>();
  readonly #used = new Map<readonly unknown[], number>();
  #version = 0;
  #isStoppedUntil = 0;

  constructor(scheduler: SchedulerLike, history: History) {
    this.scheduler = scheduler;
    this.history = history;
    for (const key of history.keys) this.set(key);
  }

  get now(): number {
    return this.scheduler.now();
  }

  after(ms: number, work: () => void): void {
    this.scheduler.schedule(work, ms);
  }

  set(key: string): void {
    const version = ++this.#version;
    this.objects.set(key, { key, version });
    this.#remember(key, version, false);
  }

  remove(key: string): void {
    if (this.objects.delete(key)) this.#remember(key, ++this.#version, true);
  }

  #remember(key: string, version: number, isGone: boolean): void {
    this.past.set(key, [...(this.past.get(key) ?? []), { version, isGone }]);
  }

  /** Sends an event to all that have registered. */
  tell(key: string): void {
    const told: Told = { type: 'event', key, serial: this.sent.length };
    this.sent.push({ ...told, time: this.now });
    for (const connection of this.#connections) connection.send(told);
  }

  lose(how: Loss, noticedMs: number): void {
    for (const connection of this.#connections) connection.lose(how, how === 'keepalive' ? noticedMs : 0);
    this.#connections.clear();
  }

  stop(forMs: number): void {
    this.#isStoppedUntil = Math.max(this.#isStoppedUntil, this.now + forMs);
    this.lose('end-of-file', 0);
  }

  /** The next of the answers of one sort. */
  next(answers: readonly Answer[]): Answer {
    const answer = this.nextOf(answers);
    return { ...answer, fails: answer.fails && !this.isCalm };
  }

  nextOf<T>(all: readonly T[]): T {
    const used = this.#used.get(all) ?? 0;
    this.#used.set(all, used + 1);
    return all[used % all.length] as T;
  }

  /** Opens a connection; see `ConnectorRig.open`. */
  readonly open = new Observable<DaemonConnection>((subscriber) => {
    if (++this.openCount > 1) this.faults.push('two connections are opened or kept at once');
    const { workMs, replyMs, fails } = this.next(this.history.opens);
    this.after(workMs + replyMs, () => {
      if (subscriber.closed) return;
      if (fails || this.now < this.#isStoppedUntil) {
        subscriber.error(new Error('refused'));
        return;
      }
      const connection = new DaemonConnection(this, (reason) => {
        if (reason === 'client') subscriber.complete();
        else subscriber.error(new ConnectionClosedError(reason, 'lost'));
      });
      this.#connections.add(connection);
      subscriber.add(() => {
        this.#connections.delete(connection);
        connection.leave();
      });
      subscriber.next(connection);
    });
    return () => this.openCount--;
  });

  readonly noticedAfterMs = (reason: string): number => (reason === 'keepalive' ? keepAliveMs : 0);
}
