import { filter, NEVER, ReplaySubject, VirtualTimeScheduler } from 'rxjs';
import { keepConnected, type Step } from '../../../lib/hosts/connector.js';
import { Delays } from '../../../lib/hosts/delays.js';
import { HostStream } from '../../../lib/hosts/host-stream.js';
import { LiveState } from '../../../lib/hosts/live-state.js';
import { Places, type FromHost } from '../../../lib/hosts/position.js';
import type { Overflow } from '../../../lib/events/overflow.js';
import type { Faults } from '../runs.js';
import { Daemon, type Snapshot, type Told } from './daemon.js';
import type { DaemonConnection } from './daemon-connection.js';
import type { Deed, History } from './history.js';
import { ObservedLiveState } from './observed-live-state.js';
import { ObservedPlaces } from './observed-places.js';
import { observedReader, Readings } from './observed-reader.js';
import { initialDelayMs, longestDelayMs, ObservedStatus } from './observed-status.js';
import { ObservedRegistrations, ObservedStream } from './observed-stream.js';

/** Longer than all that is under way can take: stops, delays, replies, and a listing from time to time. */
const quietMs = 1000;

/** Plays a history in virtual time. Everything that a host is made of is under test, apart from its connections. */
class Play {
  readonly #scheduler = new VirtualTimeScheduler();
  readonly #daemon: Daemon;
  readonly #history: History;
  readonly #steps = new ReplaySubject<Step<DaemonConnection>>(1);
  readonly #status: ObservedStatus;
  readonly #readings = new Readings();
  readonly #places: ObservedPlaces;
  readonly #registrations: ObservedRegistrations;
  readonly #live: LiveState<DaemonConnection, Snapshot>;
  readonly #stream: HostStream<DaemonConnection, Told>;
  /** What each part reports as its trouble. */
  readonly #troubles = new Map<string, unknown>();
  readonly #watchers: ObservedLiveState[] = [];
  readonly #listeners: ObservedStream[] = [];

  constructor(history: History) {
    this.#history = history;
    const daemon = (this.#daemon = new Daemon(this.#scheduler, history));
    this.#places = new ObservedPlaces(daemon.faults);
    this.#registrations = new ObservedRegistrations(daemon);
    const scheduler = this.#scheduler;
    const random = () => daemon.nextOf(history.randoms);
    const delays = new Delays({ initialDelay: initialDelayMs, maxDelay: longestDelayMs }, random);
    this.#status = new ObservedStatus(daemon, delays);
    const { resyncMs } = history;
    const rig = { steps: this.#steps, places: new Places('h'), delays, scheduler, random, resyncMs };
    this.#live = new LiveState({
      ...rig,
      readerOf: (connection) => observedReader(daemon, connection, this.#readings),
      onTrouble: (what, error) => this.#troubles.set(`${what} of the live state`, error),
    });
    this.#stream = new HostStream({
      ...rig,
      listen: (connection, onRegistered) =>
        connection.events(() => {
          this.#registrations.acknowledge(onRegistered);
        }),
      lossesOf: () => NEVER,
      onTrouble: (error) => this.#troubles.set('events', error),
      onUnregistered: () => () => undefined,
      onIdle: () => {
        this.#registrations.forget();
      },
    });
    keepConnected({ open: daemon.open, delays, noticedAfterMs: daemon.noticedAfterMs, scheduler }).subscribe(
      (step) => {
        this.#status.take(step.status);
        this.#registrations.follow(step.status);
        if (step.status.state === 'lost') this.#troubles.clear();
        this.#steps.next(step);
      },
    );
  }

  run(): Faults {
    this.#listen();
    this.#do({ what: 'watch' });
    let time = 0;
    for (const deed of this.#history.deeds) {
      time += deed.afterMs;
      this.#passUntil(time);
      this.#do(deed);
      if (this.#watchers.length === 0) this.#expectNoTrouble('live state');
      if (this.#listeners.length === 0) this.#expectNoTrouble('events');
    }
    this.#calmDown(time);
    this.#steps.next({ status: { state: 'closed' } });
    this.#steps.complete();
    if (![...this.#watchers, ...this.#listeners].every(({ isComplete }) => isComplete))
      this.#daemon.faults.push('a stream has not completed with the host');
    return this.#daemon.faults;
  }

  // Nothing fails any more. A listing finds what no event has told: the next one, or that of a new connection.
  #calmDown(time: number): void {
    const daemon = this.#daemon;
    daemon.isCalm = true;
    const { deeds, resyncMs } = this.#history;
    const isAnySilent = deeds.some((deed) => 'isSilent' in deed && deed.isSilent);
    if (isAnySilent && resyncMs === undefined) daemon.lose('end-of-file', 0);
    this.#do({ what: 'watch' });
    if (this.#listeners.length === 0) this.#listen();
    this.#passUntil(time + quietMs);
    if (this.#status.state !== 'connected') daemon.faults.push(`at the end ${String(this.#status.state)}`);
    for (const watcher of this.#watchers) watcher.checkQuiet();
    this.#listeners[0]?.checkComplete(this.#registrations);
    for (const part of this.#troubles.keys()) this.#expectNoTrouble(part);
    const { marks, fetches, failures } = this.#readings;
    if (fetches > marks + failures)
      daemon.faults.push(`${fetches} fetches for ${marks} events, ${failures} failures`);
  }

  #expectNoTrouble(part: string): void {
    if (this.#troubles.get(part) !== undefined) this.#daemon.faults.push(`${part} still has a trouble`);
  }

  #passUntil(time: number): void {
    this.#scheduler.maxFrames = time;
    this.#scheduler.flush();
    this.#scheduler.frame = time;
  }

  #listen(): void {
    const items = this.#stream.items.pipe(
      filter((item): item is Exclude<typeof item, FromHost<Overflow>> => !('dropped' in item)),
    );
    const isFirst = this.#listeners.length === 0;
    const onGap = isFirst ? this.#registrations.take.bind(this.#registrations) : undefined;
    this.#listeners.push(new ObservedStream(items, this.#daemon, this.#places, onGap));
  }

  #do(deed: Deed): void {
    const daemon = this.#daemon;
    switch (deed.what) {
      case 'set':
      case 'remove':
        daemon[deed.what](deed.key);
        if (!deed.isSilent) daemon.tell(deed.key);
        break;
      case 'mark':
        for (let time = 0; time < deed.times; time++) daemon.tell(deed.key);
        break;
      case 'lose':
        daemon.lose(deed.how, deed.noticedMs);
        break;
      case 'stop':
        daemon.stop(deed.forMs);
        break;
      case 'watch':
        this.#watchers.push(new ObservedLiveState(this.#live, daemon, this.#readings, this.#places));
        break;
      case 'unwatch':
        this.#watchers.shift()?.subscription.unsubscribe();
        break;
      case 'listen':
        this.#listen();
        break;
      case 'unlisten':
        this.#listeners.splice(1, 1)[0]?.subscription.unsubscribe();
        break;
      case 'hush':
        for (const { subscription } of this.#listeners.splice(0)) subscription.unsubscribe();
    }
  }
}

/** Plays a history, and returns what was wrong. */
export function play(history: History): Faults {
  return new Play(history).run();
}
