import type { Delays } from '../../../lib/hosts/delays.js';
import type { HostStatus } from '../../../lib/hosts/host-status.js';
import type { Daemon } from './daemon.js';

/** Which state may follow which one. */
const next: Readonly<Record<HostStatus['state'], readonly HostStatus['state'][]>> = {
  connecting: ['connected', 'waiting'],
  connected: ['lost'],
  lost: ['waiting'],
  waiting: ['connecting'],
  closed: [],
};

/** Checks the steps of a host: their order, their times, and how long it waits. */
export class ObservedStatus {
  readonly #daemon: Daemon;
  readonly #delays: Delays;
  #last: HostStatus | undefined;
  #failures = 0;
  #epoch = 0;
  #connectedAt: number | undefined;
  #retryAt = 0;

  constructor(daemon: Daemon, delays: Delays) {
    this.#daemon = daemon;
    this.#delays = delays;
  }

  get state(): HostStatus['state'] | undefined {
    return this.#last?.state;
  }

  take(status: HostStatus): void {
    const { now } = this.#daemon;
    const allowed = this.#last === undefined ? ['connecting'] : next[this.#last.state];
    this.#expect(allowed.includes(status.state), `${status.state} follows ${String(this.#last?.state)}`);
    this.#last = status;
    switch (status.state) {
      case 'connecting':
        this.#expect(now === this.#retryAt, `an attempt at ${now} ms, not at ${this.#retryAt} ms`);
        this.#expect(status.attempt === this.#failures + 1, `attempt ${status.attempt}`);
        break;
      case 'connected':
        this.#expect(status.epoch === ++this.#epoch, `connection ${status.epoch}`);
        this.#expect(status.since === now, `connected since ${status.since}`);
        this.#connectedAt = now;
        break;
      case 'lost':
        this.#expect(status.epoch === this.#epoch, `connection ${status.epoch} was lost`);
        this.#expect(status.time === now, `lost at ${status.time}`);
        this.#expect(
          status.from === now - this.#daemon.noticedAfterMs(status.reason),
          `lost from ${status.from}`,
        );
        break;
      case 'waiting':
        this.#wait(status.retryAt);
        break;
      case 'closed':
        this.#expect(false, 'closed');
    }
  }

  #wait(retryAt: number): void {
    const { now } = this.#daemon;
    if (this.#connectedAt !== undefined && now - this.#connectedAt > this.#delays.longestMs(this.#failures))
      this.#failures = 0;
    this.#connectedAt = undefined;
    this.#failures++;
    const longest = Math.min(longestDelayMs, initialDelayMs * 2 ** (this.#failures - 1));
    this.#expect(
      retryAt >= now && retryAt <= now + longest,
      `a delay of ${retryAt - now} ms, not below ${longest}`,
    );
    this.#retryAt = retryAt;
  }

  #expect(isRight: boolean, fault: string): void {
    if (!isRight) this.#daemon.faults.push(`${this.#daemon.now} ms: ${fault}`);
  }
}

export const initialDelayMs = 4;
export const longestDelayMs = 30;
