import type {
  DomainEvent,
  DomainEventMap,
  DomainEventType,
  GraphicsAddress,
  LibvirtEvent,
  NetworkEventMap,
  TypedParameters,
} from '../../../lib/index.js';
import type { VirshEvent } from './virsh-event-lines.js';

/** What virsh prints after the name of the domain, and in the lines below. */
type Printed = string | readonly [words: string, ...details: string[]];

type Printers = { readonly [T in DomainEventType]: (event: DomainEventMap[T]) => Printed };

/** virsh's words that differ from rxvirt's by more than blanks instead of hyphens, and a capital letter. */
const spelling: Readonly<Record<string, string>> = {
  pmsuspended: 'PMSuspended',
  'io-error': 'I/O Error',
  'api-error': 'API error',
  'post-copy': 'Post-copy',
  'post-copy-error': 'Post-copy Error',
};

const blanks = (word: string): string => word.replaceAll('-', ' ');
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
const sentence = (word: string): string => spelling[word] ?? capital(blanks(word));
const title = (word: string): string => blanks(word).split(' ').map(capital).join(' ');
const orNull = (text: string | null): string => text ?? '<null>';
const address = (end: GraphicsAddress | null): string =>
  end === null ? '' : `${end.family} ${end.node ?? ''} ${end.service ?? ''}`;
const parameters = (params: TypedParameters): Printed => [
  '',
  ...Object.entries(params).map(([name, value]) => `${name}: ${parameter(value)}`),
];

function parameter(value: TypedParameters[string] | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

const device = ({ devAlias }: { readonly devAlias: string | null }): Printed => devAlias ?? '';
const nothing = (): Printed => '';
const blockJob = ({ jobType, disk, status }: DomainEventMap['block-job' | 'block-job-2']): Printed =>
  `${title(jobType)} for ${disk ?? ''} ${status}`;

const metadata = ({
  metadataType,
  nsuri,
}: DomainEventMap['metadata-change'] | NetworkEventMap['metadata-change']): Printed =>
  `type ${metadataType}, uri ${orNull(nsuri)}`;

const printers: Printers = {
  lifecycle: ({ event, detail }) => `${sentence(event)} ${sentence(detail)}`,
  reboot: nothing,
  'rtc-change': ({ utcoffset }) => `${utcoffset}`,
  watchdog: ({ action }) => action,
  'io-error': ({ srcPath, devAlias, action }) => `${srcPath ?? ''} (${devAlias ?? ''}) ${action}`,
  'io-error-reason': ({ srcPath, devAlias, action, reason }) =>
    `${srcPath ?? ''} (${devAlias ?? ''}) ${action} due to ${reason ?? ''}`,
  graphics: ({ phase, local, remote, authScheme, subject }) => [
    `${phase} local[${address(local)}] remote[${address(remote)}] ${authScheme ?? ''}`,
    ...subject.map(({ type, name }) => `${type ?? ''}=${name ?? ''}`),
  ],
  'control-error': nothing,
  'block-job': blockJob,
  'block-job-2': blockJob,
  'disk-change': ({ devAlias, oldSrcPath, newSrcPath, reason }) =>
    `disk ${devAlias ?? ''}: ${orNull(oldSrcPath)} -> ${orNull(newSrcPath)}: ${reason}`,
  'tray-change': ({ devAlias, reason }) => `disk ${devAlias ?? ''}: ${reason}`,
  'pm-wakeup': nothing,
  'pm-suspend': nothing,
  'pm-suspend-disk': nothing,
  'balloon-change': ({ actual }) => `${actual}KiB`,
  'device-added': device,
  'device-removed': device,
  'device-removal-failed': device,
  tunable: ({ params }) => parameters(params),
  'job-completed': ({ params }) => parameters(params),
  'agent-lifecycle': ({ state, reason }) => `state: '${state}' reason: '${blanks(reason ?? 'unknown')}'`,
  'migration-iteration': ({ iteration }) => `iteration: '${iteration}'`,
  'metadata-change': metadata,
  'block-threshold': ({ dev, path, threshold, excess }) =>
    `dev: ${dev ?? ''}(${path ?? ''}) ${threshold} ${excess}`,
  'memory-failure': ({ recipient, action, actionRequired, recursive }) => [
    '',
    `recipient: ${recipient}`,
    `action: ${action}`,
    'flags:',
    `action required: ${Number(actionRequired)}`,
    `recursive: ${Number(recursive)}`,
  ],
  'memory-device-size-change': ({ alias, size }) => ['', `alias: ${alias ?? ''}`, `size: ${size}`],
  'nic-mac-change': ({ alias, oldMac, newMac }) => [
    '',
    `alias: ${alias ?? ''}`,
    `oldMAC: ${oldMac ?? ''}`,
    `newMAC: ${newMac ?? ''}`,
  ],
  'vcpu-removed': ({ vcpuid }) => `vcpu ${vcpuid}`,
  'channel-lifecycle': ({ channelName, state, reason }) =>
    `channel name: '${channelName ?? ''}' state: '${state}' reason: '${blanks(reason ?? 'unknown')}'`,
};

function domainWords(event: DomainEvent): Printed {
  const print = printers[event.type] as (event: DomainEvent) => Printed;
  return print(event);
}

function parts(event: LibvirtEvent): { readonly subject: string; readonly printed: Printed } {
  switch (event.category) {
    case 'domain':
      return { subject: event.domain.name, printed: domainWords(event) };
    case 'qemu-monitor':
      return { subject: event.domain.name, printed: orNull(event.details) };
    case 'network':
      return {
        subject: event.network.name,
        printed: event.type === 'metadata-change' ? metadata(event) : objectWords(event),
      };
    case 'storage-pool':
      return { subject: event.storagePool.name, printed: objectWords(event) };
    case 'node-device':
      return { subject: event.nodeDevice.name, printed: objectWords(event) };
    case 'secret':
      return { subject: event.secret.uuid, printed: objectWords(event) };
    case 'connection':
      throw new Error('virsh prints no such event');
  }
}

const objectWords = (event: object): string =>
  'event' in event && typeof event.event === 'string' ? sentence(event.event) : '';

/** An event of rxvirt, written as virsh prints it. */
export function printedByVirsh(event: LibvirtEvent): VirshEvent {
  const { category } = event;
  if (category === 'connection') throw new Error('virsh prints no such event');
  const { subject, printed } = parts(event);
  const [words, ...details] = typeof printed === 'string' ? [printed] : printed;
  if (category !== 'qemu-monitor') return { category, type: event.type, subject, words, details };
  const at = `${event.seconds}.${String(event.micros).padStart(6, '0')}`;
  return { category, type: event.event, subject, at, words, details };
}
