// This file is compiled and never run. It shows what the types of events have to allow and to refuse.
import type { Observable } from 'rxjs';
import winston from 'winston';
import {
  setLogger,
  Connection,
  type DomainEvent,
  type DomainEventMap,
  type DomainLifecycleEvent,
  type EventKindName,
  type LibvirtEvent,
  type QemuMonitorEvent,
} from '../../lib/index.js';
import {
  byDomain,
  migrationOutcome,
  settleStopped,
  waitForDomain,
  type MigrationOutcome,
} from '../../lib/operators/index.js';
import type { Assert, Equal } from './equal.js';

declare const connection: Connection;

/** There is no default branch. So when a type is added and not handled here, this fails to compile. */
export function describe(event: LibvirtEvent): string {
  switch (event.category) {
    case 'domain':
      return describeDomain(event);
    case 'network':
      return event.type === 'lifecycle' ? `${event.network.name} ${event.event}` : event.metadataType;
    case 'storage-pool':
      return event.type === 'lifecycle' ? event.event : event.storagePool.uuid;
    case 'node-device':
      return event.type === 'lifecycle' ? event.event : event.nodeDevice.name;
    case 'secret':
      return event.type === 'lifecycle' ? event.event : event.secret.usageId;
    case 'qemu-monitor':
      return event.details ?? event.event;
    case 'connection':
      return event.reason;
  }
}

function describeDomain(event: DomainEvent): string {
  switch (event.type) {
    case 'lifecycle':
      return `${event.event} ${event.detail}`;
    case 'reboot':
    case 'control-error':
      return event.domain.name;
    case 'rtc-change':
      return event.utcoffset.toFixed();
    case 'watchdog':
    case 'io-error':
    case 'io-error-reason':
    case 'memory-failure':
      return event.action;
    case 'graphics':
      return event.subject.map(({ name }) => name).join();
    case 'block-job':
    case 'block-job-2':
      return `${event.jobType} ${event.status}`;
    case 'disk-change':
    case 'tray-change':
      return event.reason;
    case 'agent-lifecycle':
      return event.reason ?? event.state;
    case 'channel-lifecycle':
      return event.channelName ?? event.state;
    case 'pm-wakeup':
    case 'pm-suspend':
    case 'pm-suspend-disk':
      return event.reason.toFixed();
    case 'balloon-change':
      return event.actual.toFixed();
    case 'tunable':
    case 'job-completed':
      return Object.keys(event.params).join();
    case 'device-added':
    case 'device-removed':
    case 'device-removal-failed':
      return event.devAlias ?? '';
    case 'migration-iteration':
      return event.iteration.toFixed();
    case 'metadata-change':
      return event.nsuri ?? event.metadataType;
    case 'block-threshold':
      return event.excess.toFixed();
    case 'memory-device-size-change':
      return event.size.toFixed();
    case 'nic-mac-change':
      return event.newMac ?? '';
    case 'vcpu-removed':
      return event.vcpuid.toFixed();
  }
}

const streams = () => ({
  job: connection.domainEvents('block-job-2'),
  monitor: connection.qemuMonitorEvents(),
  all: connection.events(),
  some: connection.events({ categories: ['domain', 'qemu-monitor'] }),
  own: connection.domain({ uuid: '' }).events('tunable'),
  settled: connection.domainEvents('lifecycle').pipe(settleStopped(1000)),
  settledAll: connection.events().pipe(settleStopped(1000)),
  outcomes: connection.domainEvents('lifecycle').pipe(migrationOutcome()),
  handled: connection.domainEvents('tunable').pipe(byDomain(({ params }) => Promise.resolve(params))),
});
type Streams = ReturnType<typeof streams>;
type Job = DomainEventMap['block-job-2'];

export type Checks = [
  Assert<Equal<Streams['job'], Observable<Job>>>,
  Assert<Equal<Job['type'], 'block-job-2'>>,
  Assert<Equal<Extract<keyof Job, 'utcoffset' | 'params'>, never>>,
  Assert<Equal<Streams['monitor'], Observable<QemuMonitorEvent>>>,
  Assert<Equal<Streams['all'], Observable<LibvirtEvent>>>,
  Assert<Equal<Streams['some'], Observable<DomainEvent | QemuMonitorEvent>>>,
  Assert<Equal<Streams['own'], Observable<DomainEventMap['tunable']>>>,
  Assert<Equal<Streams['settled'], Observable<DomainLifecycleEvent>>>,
  Assert<Equal<Streams['settledAll'], Observable<LibvirtEvent>>>,
  Assert<Equal<Streams['outcomes'], Observable<MigrationOutcome>>>,
  Assert<Equal<Streams['handled'], Observable<DomainEventMap['tunable']['params']>>>,
  Assert<
    Equal<DomainEventMap['agent-lifecycle']['reason'], 'domain-started' | 'channel-event' | 'unknown' | null>
  >,
  Assert<Equal<Extract<EventKindName, { category: 'secret' }>['type'], 'lifecycle' | 'value-changed'>>,
];

export function refusals(): void {
  const job = connection.domainEvents('block-job-2');
  // @ts-expect-error -- no such word
  job.subscribe(({ status }) => status === 'cancelled');
  // @ts-expect-error -- misspelt
  void Connection.open('', { readonly: true });
  // @ts-expect-error -- a Domain is not an options object; without a filter the events would be those of all domains
  connection.domainEvents('lifecycle', connection.domain({ uuid: '' }));
  // @ts-expect-error -- the option is called pool
  connection.storagePoolEvents('refresh', { storagePool: { uuid: '' } });
  // @ts-expect-error -- no logger
  setLogger(undefined);
  // @ts-expect-error -- events can't be changed
  job.subscribe((event) => (event.time = 0));
  // @ts-expect-error -- misspelt
  connection.domainEvents('lifecylce');
  // @ts-expect-error -- misspelt
  connection.networkEvents('life-cycle');
  // @ts-expect-error -- another family's type
  connection.storagePoolEvents('update');
  // @ts-expect-error -- another family's type
  connection.nodeDeviceEvents('refresh');
  // @ts-expect-error -- another family's type
  connection.secretEvents('metadata-change');
  // @ts-expect-error -- node devices have names
  connection.nodeDeviceEvents('update', { nodeDevice: { uuid: '' } });
  // @ts-expect-error -- another family's filter
  connection.networkEvents('lifecycle', { domain: { uuid: '' } });
  // @ts-expect-error -- no such category
  connection.events({ categories: ['domains'] });
  // @ts-expect-error -- only lifecycle events report a migration
  connection.domainEvents('reboot').pipe(migrationOutcome());
  // @ts-expect-error -- not of a domain
  connection.networkEvents('lifecycle').pipe(byDomain(() => []));
  // @ts-expect-error -- no such state
  void waitForDomain(connection, { uuid: '' }, ({ state }) => state === 'stopped');
}

/** An event's own objects can be used as filters. */
export function filters(): void {
  streams().some.subscribe(({ domain }) => connection.domainEvents('reboot', { domain }));
  connection
    .networkEvents('lifecycle')
    .subscribe(({ network }) => connection.networkEvents('lifecycle', { network }));
  connection
    .storagePoolEvents('refresh')
    .subscribe(({ storagePool }) => connection.storagePoolEvents('lifecycle', { pool: storagePool }));
  connection
    .nodeDeviceEvents('update')
    .subscribe(({ nodeDevice }) => connection.nodeDeviceEvents('update', { nodeDevice }));
  connection
    .secretEvents('lifecycle')
    .subscribe(({ secret }) => connection.secretEvents('value-changed', { secret }));
  void waitForDomain(connection, { uuid: '' }, ({ state }) => state === 'shutoff', { timeout: 1 });
}

/** Objects that setLogger() accepts. */
export function loggers(): void {
  setLogger(console);
  setLogger(winston.createLogger());
  setLogger(null);
}
