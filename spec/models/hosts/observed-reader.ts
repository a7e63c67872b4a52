import { map, Observable, tap } from 'rxjs';
import type { Reader } from '../../../lib/hosts/reflector.js';
import type { Daemon, Snapshot } from './daemon.js';
import type { DaemonConnection } from './daemon-connection.js';

/** What all readers of a host have been asked for. */
export class Readings {
  /** How many are under way. */
  present = 0;
  marks = 0;
  fetches = 0;
  failures = 0;
  /** Whether an event has told of the key since the last reading of it began. Set while a reading is handed over. */
  isReported: ((key: string) => boolean) | undefined;
}

/** Reads the objects of a daemon by one connection, and checks how the reflector uses this. */
export function observedReader(
  daemon: Daemon,
  connection: DaemonConnection,
  readings: Readings,
): Reader<Snapshot> {
  let step = 0;
  const markedAt = new Map<string, number>();
  const readAt = new Map<string, number>();
  let listedAt = 0;

  const observed = (keys: readonly string[] | undefined) =>
    new Observable<ReadonlyMap<string, Snapshot>>((subscriber) => {
      const startedAt = ++step;
      if (++readings.present > 1) daemon.faults.push('two readings are under way at once');
      if (keys?.length === 0) daemon.faults.push('a fetch of nothing');
      subscriber.add(() => readings.present--);
      const handOver = (found: ReadonlyMap<string, Snapshot>) => {
        const lastReadAt = (key: string) => Math.max(listedAt, readAt.get(key) ?? 0);
        readings.isReported = (key) => (markedAt.get(key) ?? 0) > lastReadAt(key);
        subscriber.next(found);
        readings.isReported = undefined;
        if (keys === undefined) listedAt = startedAt;
        for (const key of keys ?? []) readAt.set(key, startedAt);
      };
      return connection
        .read(() => keys ?? [...daemon.objects.keys()])
        .subscribe({
          // The reply is the end of the call: the next one may begin while it is handed over.
          next: (found) => {
            readings.present--;
            handOver(found);
            readings.present++;
          },
          error: (error: unknown) => {
            readings.failures++;
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        });
    });

  return {
    marks: (onRegistered) =>
      connection.events(onRegistered).pipe(
        map(({ key }) => key),
        tap((key) => {
          readings.marks++;
          markedAt.set(key, ++step);
        }),
      ),
    list: () => observed(undefined),
    fetch: (keys) => {
      readings.fetches++;
      return observed(keys);
    },
  };
}
