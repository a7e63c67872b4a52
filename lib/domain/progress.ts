import { filter, map, merge, Observable } from 'rxjs';
import { checkFunction, checkInteger, checkKeys } from '../arguments.js';
import { call } from '../calls/call.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { text } from '../calls/values.js';
import type { AnotherConnection } from '../connection-state.js';
import { LibvirtError } from '../errors.js';
import type { DomainEventMap } from '../events/event-types.js';
import { native } from '../native.js';
import { blockJobInfo, type BlockJobInfo } from './block-jobs.js';
import { domainJobStats, jobStatsOfEvent, type DomainJobStats } from './job-stats.js';
import { progressOf } from './progress-of.js';
import { DomainStreams } from './streams.js';

/** How often to ask for the progress of a job. */
export interface ProgressOptions {
  /** Milliseconds between two questions, an integer from 1 to 2^31 - 1; 500 unless given. */
  readonly interval?: number;
  /**
   * Called when it watches. What a job does that begins then is not missed, if libvirt has an event for it. A job without
   * one that is over within an `interval`, such as one that fails at once, may be missed: then it waits for the next job.
   */
  readonly onRegistered?: () => void;
}

/** How far the job of a disk is. */
export interface BlockJobProgress extends BlockJobInfo {
  /**
   * `'ready'`: all is copied, and the job goes on until it is ended by `abortBlockJob`. `'ended'`: no event has told how
   * it ended.
   */
  readonly status: 'running' | 'ready' | 'completed' | 'failed' | 'canceled' | 'ended';
}

/** libvirt's VIR_DOMAIN_JOB_STATS_COMPLETED and …_KEEP_COMPLETED. */
const completed = 1 << 0;
const keepCompleted = 1 << 1;
/** libvirt's VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES. */
const infoInBytes = 1 << 0;

/**
 * The progress of a domain's jobs. Each subscription opens a connection of its own to the same host, because the domain's
 * connection may be busy with the very call whose progress is asked for.
 */
export abstract class DomainProgress extends DomainStreams {
  /**
   * Emits how far the domain's job is: a migration, a backup, saving its state (virDomainGetJobStats, and the event
   * `'job-completed'`). Cold. Waits for a job that has not begun yet. The last item is the outcome: its `type` is
   * `'completed'`, `'failed'` or `'cancelled'`; `'unknown'` when neither an event nor the statistics tell, as often after a dump:
   * then the promise of the call tells. After the outcome it completes.
   * Errors with {@link ConnectionClosedError} when its connection is lost.
   */
  jobProgress(options: ProgressOptions = {}): Observable<DomainJobStats> {
    const intervalMs = intervalOf('jobProgress', options);
    const { onRegistered } = options;
    return this.#beside((other, domain) => {
      const ask = (flags: number, last: DomainJobStats | null) =>
        unlessEnded(call(domain, 'virDomainGetJobStats', 'asked for its job', domainJobStats, [flags]), last);
      return progressOf<DomainJobStats>({
        ask: async (last) => {
          const stats = await ask(0, last);
          return stats === undefined || stats.type === 'none' ? null : stats;
        },
        told: other
          .domainEvents('job-completed', { domain: this, ...(onRegistered && { onRegistered }) })
          .pipe(map(({ params }) => ({ item: jobStatsOfEvent(params), isLast: true }))),
        outcome: async (last) => {
          const stats = await ask(completed | keepCompleted, last);
          if (stats !== undefined && stats.type !== 'none') return stats;
          return outcomes.includes(last.type) ? last : { ...last, type: 'unknown' };
        },
        intervalMs,
      });
    });
  }

  /**
   * Emits how far the job of a disk is: a copy, a commit, a pull (virDomainGetBlockJobInfo, and the events `'block-job'`
   * and `'block-job-2'`). Cold. Waits for a job that has not begun yet. The last item has the outcome in its `status`;
   * then it completes.
   * @param disk Its target, such as `'vda'`, or its path.
   */
  blockJobProgress(disk: string, options: ProgressOptions = {}): Observable<BlockJobProgress> {
    const intervalMs = intervalOf('blockJobProgress', options);
    const { onRegistered } = options;
    const args = [text('disk', disk), infoInBytes];
    return this.#beside((other, domain) => {
      let known: BlockJobInfo | null = null;
      const told = ({ jobType, status }: BlockJobEvent) => {
        const before = known ?? { type: jobType, bandwidthBytesPerSecond: 0, cur: 0, end: 0 };
        return {
          item: { ...before, status: status === 'unknown' ? 'ended' : status },
          isLast: status !== 'ready',
        } as const;
      };
      const events = [
        other.domainEvents('block-job', { domain: this }),
        other.domainEvents('block-job-2', { domain: this, ...(onRegistered && { onRegistered }) }),
      ];
      return progressOf<BlockJobProgress>({
        ask: async (last) => {
          const asked = call(
            domain,
            'virDomainGetBlockJobInfo',
            'asked for its block job',
            blockJobInfo,
            args,
          );
          const info = await unlessEnded(asked, last);
          known = info ?? known;
          return info === undefined || info === null ? null : { ...info, status: 'running' };
        },
        told: merge(...events).pipe(
          filter((event) => event.disk === disk),
          map(told),
        ),
        outcome: (before) => Promise.resolve({ ...before, status: 'ended' }),
        intervalMs,
      });
    });
  }

  /** Subscribes to something of this domain on another connection, which it closes at the end. */
  #beside<Item>(
    use: (other: AnotherConnection, domain: Parameters<typeof call>[0]) => Observable<Item>,
  ): Observable<Item> {
    const { connection: state, title } = LibvirtObject.placeOf(this);
    return new Observable((subscriber) => {
      state.assertOpen();
      const opening = new AbortController();
      subscriber.add(() => {
        opening.abort();
      });
      subscriber.add(
        state.closed.subscribe(() => {
          subscriber.error(state.closedError());
        }),
      );
      state.openAnother(opening.signal).then(
        (other) => {
          subscriber.add(() => void other.close({ timeout: 1000 }));
          if (subscriber.closed) return;
          const handle = native().referToDomain(other.state.handle, this.uuid);
          subscriber.add(use(other, { connection: other.state, handle, title }).subscribe(subscriber));
        },
        (error: unknown) => {
          subscriber.error(error);
        },
      );
    });
  }
}

type BlockJobEvent = DomainEventMap['block-job' | 'block-job-2'];

/** The types of a job that has ended. */
const outcomes: readonly string[] = ['completed', 'failed', 'cancelled'];

/**
 * What was asked; undefined when the domain doesn't run, or is gone after its job has begun: then it has no job any more.
 * Before that the job of a domain that is gone would never begin.
 */
async function unlessEnded<T>(asked: Promise<T>, last: object | null): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    if (error.code === 'VIR_ERR_OPERATION_INVALID') return undefined;
    if (error.code === 'VIR_ERR_NO_DOMAIN' && last !== null) return undefined;
    throw error;
  }
}

function intervalOf(method: string, options: ProgressOptions): number {
  checkKeys(method, options, ['interval', 'onRegistered']);
  const { interval = 500, onRegistered } = options;
  if (onRegistered !== undefined) checkFunction('onRegistered', onRegistered);
  checkInteger('interval', interval, 1, 0x7fffffff);
  return interval;
}
