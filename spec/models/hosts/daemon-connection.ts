import { Observable, type Subscriber } from 'rxjs';
import { ConnectionClosedError } from '../../../lib/index.js';
import type { Daemon, Snapshot, Told } from './daemon.js';
import type { Answer, Loss } from './history.js';

interface Listener {
  readonly subscriber: Subscriber<Told>;
  isRegistered: boolean;
}

/** A connection to a {@link Daemon}. What the daemon sends by it arrives in order, and all of it before its end. */
export class DaemonConnection {
  /** False when the daemon sends nothing any more. */
  #isServed = true;
  /** Set when the program knows of the end, or has no use for the connection. */
  #isOver = false;
  readonly #daemon: Daemon;
  readonly #onEnd: (how: Loss) => void;
  readonly #listeners = new Set<Listener>();
  readonly #calls = new Set<Answering>();
  readonly #inFlight: (() => void)[] = [];
  /** When the last thing that was sent arrives. */
  #arrivalOfLast = 0;

  constructor(daemon: Daemon, onEnd: (how: Loss) => void) {
    this.#daemon = daemon;
    this.#onEnd = onEnd;
  }

  /** Registers on subscribe. Calls `onRegistered` before the first event. */
  events(onRegistered: () => void): Observable<Told> {
    return new Observable((subscriber) => {
      const listener = { subscriber, isRegistered: false };
      if (this.#isOver) {
        subscriber.error(closed('client'));
        return undefined;
      }
      const { workMs, fails } = this.#daemon.next(this.#daemon.history.registrations);
      this.#listeners.add(listener);
      this.#daemon.after(workMs, () => {
        if (!this.#isServed) return;
        listener.isRegistered = !fails;
        this.#deliver(() => {
          if (fails) subscriber.error(new Error('registration refused'));
          else if (!subscriber.closed) onRegistered();
        });
      });
      return () => this.#listeners.delete(listener);
    });
  }

  send(told: Told): void {
    if (!this.#isServed) return;
    for (const { isRegistered, subscriber } of this.#listeners)
      if (isRegistered)
        this.#deliver(() => {
          subscriber.next(told);
        });
  }

  /** Answers with what was there while the daemon was at it: half of the objects earlier than the others. */
  read(keys: () => Iterable<string>): Observable<ReadonlyMap<string, Snapshot>> {
    return new Observable((subscriber) => {
      const { workMs, replyMs, fails } = this.#daemon.next(this.#daemon.history.readings);
      const found = new Map<string, Snapshot>();
      const answer: Answering = { found, fails, subscriber };
      this.#calls.add(answer);
      this.#daemon.after(workMs / 2, () => {
        this.#look(answer, keys, (key) => key === 'a');
      });
      this.#daemon.after(workMs, () => {
        this.#look(answer, keys, (key) => key !== 'a');
      });
      this.#daemon.after(workMs + replyMs, () => {
        this.#answer(answer);
      });
      return () => this.#calls.delete(answer);
    });
  }

  #look({ found }: Answering, keys: () => Iterable<string>, isAsked: (key: string) => boolean): void {
    for (const key of keys()) {
      const object = isAsked(key) ? this.#daemon.objects.get(key) : undefined;
      if (object !== undefined) found.set(key, object);
    }
  }

  #answer({ found, fails, subscriber }: Answering): void {
    if (!this.#isServed && this.#daemon.history.callsAtLoss !== 'answered') return;
    if (fails) subscriber.error(new Error('busy'));
    else {
      subscriber.next(found);
      subscriber.complete();
    }
  }

  /** The daemon is gone, or silent. What it has sent before still arrives. */
  lose(how: Loss, noticedMs: number): void {
    this.#isServed = false;
    const end = () => {
      if (!this.#isOver) this.#end(how);
    };
    if (how === 'keepalive') {
      this.#daemon.after(noticedMs, () => {
        this.#deliver(end, 0);
      });
      return;
    }
    // The end of a file is read behind all that was sent. A close by the program drops that.
    if (how === 'end-of-file') while (this.#inFlight.length > 0) this.#arrive();
    end();
  }

  #end(how: Loss): void {
    this.#isOver = true;
    const { errorsFirst, callsAtLoss } = this.#daemon.history;
    const endStreams = () => {
      for (const { subscriber } of [...this.#listeners])
        if (how === 'client') subscriber.complete();
        else subscriber.error(closed(how));
      if (callsAtLoss === 'failed')
        for (const { subscriber } of [...this.#calls]) subscriber.error(closed(how));
    };
    if (errorsFirst) endStreams();
    this.#onEnd(how);
    endStreams();
  }

  /** The program has no use for it any more. */
  leave(): void {
    this.#isServed = false;
    this.#isOver = true;
  }

  #deliver(work: () => void, ms = this.#daemon.nextOf(this.#daemon.history.eventMs)): void {
    this.#arrivalOfLast = Math.max(this.#arrivalOfLast, this.#daemon.now + ms);
    this.#inFlight.push(work);
    this.#daemon.after(this.#arrivalOfLast - this.#daemon.now, () => {
      this.#arrive();
    });
  }

  #arrive(): void {
    const work = this.#inFlight.shift();
    if (!this.#isOver) work?.();
  }
}

interface Answering extends Pick<Answer, 'fails'> {
  readonly found: Map<string, Snapshot>;
  readonly subscriber: Subscriber<ReadonlyMap<string, Snapshot>>;
}

const closed = (how: Loss) => new ConnectionClosedError(how, 'lost');
