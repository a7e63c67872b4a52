import { defer, filter, map, type OperatorFunction } from 'rxjs';
import { checkFilter } from '../events/filter.js';
import type { DomainLifecycleEvent } from '../events/domain-lifecycle-table.js';
import type { EventDomain } from '../events/event-object-types.js';
import { isMissing, type Missing } from './missing.js';

/** How a migration ended, as one of its two hosts saw it. */
export interface MigrationOutcome {
  readonly outcome: 'finished' | 'failed';
  /** Whether the domain was to leave this host or to arrive here. */
  readonly role: 'source' | 'destination';
  readonly domain: EventDomain;
  /** The event that showed the outcome. */
  readonly event: DomainLifecycleEvent;
}

type Role = MigrationOutcome['role'];

/**
 * Emits, for each domain of one host, whether a migration has finished or failed. The events alone are
 * ambiguous: *suspended (migrated)* comes in both cases, and *resumed (migrated)* means success at the
 * destination but failure at the source. A migration that fails before the domain is suspended leaves no
 * lifecycle events at its source; see the event `'job-completed'`. Apply it to each host separately,
 * because the same domain is on both hosts. Items of a host's stream that say where events are missing (`'gap'`,
 * `'overflow'`) are emitted too. Nothing is said of a migration in which events are missing.
 * @throws {TypeError} on the error path, for an event that has no domain.
 * @example
 * connection.domainEvents('lifecycle').pipe(migrationOutcome()).subscribe(({ domain, outcome }) => …);
 */
export function migrationOutcome<
  T extends DomainLifecycleEvent | Missing = DomainLifecycleEvent,
>(): OperatorFunction<T, MigrationOutcome | Exclude<T, DomainLifecycleEvent>> {
  return (source) =>
    defer(() => {
      const migrating = new Map<string, Role>();
      return source.pipe(
        map((item) => {
          if (!isMissing(item)) return follow(migrating, item);
          migrating.clear();
          return item as Exclude<T, DomainLifecycleEvent>;
        }),
        filter((outcome) => outcome !== undefined),
      );
    });
}

/** Notes what an event says about a migrating domain. Returns the outcome once it is known. */
function follow(migrating: Map<string, Role>, event: DomainLifecycleEvent): MigrationOutcome | undefined {
  checkFilter('the domain of an event', 'uuid', event.domain);
  const { uuid } = event.domain;
  const begun = beginning(event);
  if (begun !== undefined) {
    migrating.set(uuid, begun);
    return undefined;
  }
  const found = ending(event, migrating.get(uuid));
  if (event.event === 'stopped' || found !== undefined) migrating.delete(uuid);
  return found && { ...found, domain: event.domain, event };
}

function beginning({ event, detail }: DomainLifecycleEvent): Role | undefined {
  if (event === 'started' && detail === 'migrated') return 'destination';
  if (event === 'suspended' && (detail === 'migrated' || detail === 'post-copy')) return 'source';
  return undefined;
}

function ending(
  { event, detail }: DomainLifecycleEvent,
  role: Role | undefined,
): Pick<MigrationOutcome, 'outcome' | 'role'> | undefined {
  if (event === 'stopped' && detail === 'migrated') return { outcome: 'finished', role: 'source' };
  if (event === 'suspended' && detail === 'post-copy-error')
    return { outcome: 'failed', role: role ?? 'source' };
  if (role === undefined) return undefined;
  if (event === 'stopped') return { outcome: 'failed', role };
  if (event === 'resumed' && detail === 'migrated')
    return { outcome: role === 'destination' ? 'finished' : 'failed', role };
  // A domain that was paused before the migration is paused again at the destination.
  if (role === 'destination' && event === 'suspended' && detail === 'paused')
    return { outcome: 'finished', role };
  return undefined;
}
