import { filter, map, merge, Observable } from 'rxjs';
import { checkFunction, checkInteger, checkKeys } from '../arguments.js';
import { call } from '../calls/call.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { text } from '../calls/values.js';
import type { AnotherConnection } from '../connection-state.js';
import type { DomainEventMap } from '../events/event-types.js';
import { native } from '../native.js';
import { blockJobInfo, type BlockJobInfo } from './block-jobs.js';
import { domainJobStats, jobStatsOfEvent, type DomainJobStats } from './job-stats.js';
import { Question } from './job-question.js';
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
   * it ended, within a second.
   */
  readonly status: 'running' | 'ready' | 'completed' | 'failed' | 'canceled' | 'ended';
}

/** How long the event of the end of a job may be on its way, when the job isn't there any more. */
const eventMs = 1000;

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
   * `'completed'`, `'failed'` or `'cancelled'`; `'unknown'` when neither an event nor the statistics tell, as often after a dump
   * or a migration that was aborted: then the promise of the call tells. After the outcome it completes.
   * Completes without one when the connection is closed. Errors with {@link ConnectionClosedError} when it is lost.
   */
  jobProgress(options: ProgressOptions = {}): Observable<DomainJobStats> {
    const intervalMs = intervalOf('jobProgress', options);
    const { onRegistered } = options;
    return this.#beside((other, domain) => {
      const question = new Question(async (flags: number) => {
        const stats = await call(domain, 'virDomainGetJobStats', 'asked for its job', domainJobStats, [
          flags,
        ]);
        return stats.type === 'none' ? null : stats;
      }, eventMs);
      return progressOf<DomainJobStats>({
        ask: (last) => question.ask(0, last !== null),
        told: other
          .domainEvents('job-completed', { domain: this, ...(onRegistered && { onRegistered }) })
          .pipe(map(({ params }) => ({ item: jobStatsOfEvent(params), isLast: true }))),
        outcome: async (last) => {
          const stats = await question.ask(completed | keepCompleted, true);
          return stats ?? (outcomes.includes(last.type) ? last : { ...last, type: 'unknown' });
        },
        intervalMs,
        eventMs,
      });
    });
  }

  /**
   * Emits how far the job of a disk is: a copy, a commit, a pull (virDomainGetBlockJobInfo, and the events `'block-job'`
   * and `'block-job-2'`). Cold. Waits for a job that has not begun yet. The last item has the outcome in its `status`;
   * then it completes. It completes without one when the connection is closed, and errors with
   * {@link ConnectionClosedError} when that is lost.
   * @param disk Its target, such as `'vda'`, or its path. By its path a job that pivots ends with `'ended'`, because the domain
   *   has another path then.
   */
  blockJobProgress(disk: string, options: ProgressOptions = {}): Observable<BlockJobProgress> {
    const intervalMs = intervalOf('blockJobProgress', options);
    const { onRegistered } = options;
    const args = [text('disk', disk), infoInBytes];
    return this.#beside((other, domain) => {
      let known: BlockJobInfo | null = null;
      let isReady = false;
      const told = ({ jobType, status }: BlockJobEvent) => {
        isReady ||= status === 'ready';
        const before = known ?? { type: jobType, bandwidthBytesPerSecond: 0, cur: 0, end: 0 };
        const isAll = status === 'ready' || status === 'completed';
        return {
          item: {
            ...before,
            cur: isAll ? before.end : before.cur,
            status: status === 'unknown' ? 'ended' : status,
          },
          isLast: status !== 'ready',
        } as const;
      };
      const events = [
        other.domainEvents('block-job', { domain: this }),
        other.domainEvents('block-job-2', { domain: this, ...(onRegistered && { onRegistered }) }),
      ];
      const question = new Question(
        () => call(domain, 'virDomainGetBlockJobInfo', 'asked for its block job', blockJobInfo, args),
        eventMs,
      );
      return progressOf<BlockJobProgress>({
        ask: async (last) => {
          const info = await question.ask(undefined, last !== null);
          if (info === undefined || info === null) return info;
          known = info;
          isReady ||= isAllCopied(info);
          return { ...info, status: isReady ? 'ready' : 'running' };
        },
        told: merge(...events).pipe(
          filter((event) => event.disk === disk),
          map(told),
        ),
        outcome: (before) => Promise.resolve({ ...before, status: 'ended' }),
        intervalMs,
        eventMs,
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
        state.closed.subscribe(({ reason }) => {
          if (reason === 'client') subscriber.complete();
          else subscriber.error(state.closedError());
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
 * Whether a job that goes on until it is ended has copied all. libvirt says that by `cur` and `end`: until then it keeps them
 * apart.
 */
function isAllCopied({ type, cur, end }: BlockJobInfo): boolean {
  return (type === 'block-copy' || type === 'active-block-commit') && end > 0 && cur === end;
}

function intervalOf(method: string, options: ProgressOptions): number {
  checkKeys(method, options, ['interval', 'onRegistered']);
  const { interval = 500, onRegistered } = options;
  if (onRegistered !== undefined) checkFunction('onRegistered', onRegistered);
  checkInteger('interval', interval, 1, 0x7fffffff);
  return interval;
}
