import { map, merge, Observable, takeUntil } from 'rxjs';
import type { Connection } from '../connection/connection.js';
import type { FleetMembers, Member } from './fleet-members.js';
import type { HostLiveState } from './host-live-state.js';
import { Host } from './host.js';
import type { LiveState } from './live-state.js';
import type { FromHost } from './position.js';
import { SharedMap } from './shared-map.js';
import type { Change } from './store.js';

/** The objects of each host: by the host's name, then by uuid or name. */
export type ObjectsByHost<S> = ReadonlyMap<string, ReadonlyMap<string, S>>;

/** All objects of a kind on the hosts of a fleet. */
export class FleetObjects<S extends object> {
  /** See `Fleet.domains`. */
  readonly objects: Observable<ObjectsByHost<S>>;
  /** See `Fleet.domainChanges`. */
  readonly changes: Observable<FromHost<Change<S>>>;

  constructor(members: FleetMembers, liveStateOf: (live: HostLiveState) => LiveState<Connection, S>) {
    const of = ({ host }: Member) => liveStateOf(Host.liveStateOf(host));
    this.changes = members.merge((member) => of(member).changesUntil(member.removed));
    const ofHosts = members.merge((member) => objectsOf(member, of(member).objects));
    this.objects = new Observable((subscriber) => {
      let all = new SharedMap<ReadonlyMap<string, S>>();
      let isStarting = true;
      const subscription = ofHosts.subscribe({
        next: ([name, objects]) => {
          const isNews = objects !== undefined || all.has(name);
          all = all.with([[name, objects]]);
          if (!isStarting && (isNews || members.hosts.size === 0)) subscriber.next(all);
        },
        complete: () => {
          subscriber.complete();
        },
      });
      subscriber.add(subscription);
      isStarting = false;
      if (all.size > 0 || members.hosts.size === 0) subscriber.next(all);
    });
  }
}

// undefined: the host is no longer in the fleet.
function objectsOf<S>(
  { host, removed }: Member,
  objects: Observable<ReadonlyMap<string, S>>,
): Observable<[host: string, objects: ReadonlyMap<string, S> | undefined]> {
  return merge(
    objects.pipe(
      takeUntil(removed),
      map((present): [string, ReadonlyMap<string, S>] => [host.name, present]),
    ),
    removed.pipe(map((): [string, undefined] => [host.name, undefined])),
  );
}
