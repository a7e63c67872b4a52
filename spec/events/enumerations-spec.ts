import { expect } from 'chai';
import * as domain from '../../lib/events/domain-enumerations.js';
import { domainLifecycleDetails, domainLifecycleEvents } from '../../lib/events/lifecycle-enumerations.js';
import * as object from '../../lib/events/object-enumerations.js';
import { libvirtEnum } from '../support/installed/libvirt-header.js';

interface Table {
  readonly header: string;
  readonly name: string;
  /** What the names of its values begin with. */
  readonly prefix: string;
  /** Null for what libvirt calls unknown itself. */
  readonly words: readonly (string | null)[];
  /** Values whose word isn't the rest of libvirt's name, because virsh says it otherwise. */
  readonly others?: Readonly<Record<string, string>>;
}

const inDomainHeader = (name: string, prefix: string, words: Table['words'], others = {}): Table => ({
  header: 'libvirt-domain.h',
  name,
  prefix,
  words,
  others,
});

const snapshot = { FROM_SNAPSHOT: 'snapshot' };
const postCopy = { POSTCOPY: 'post-copy', POSTCOPY_FAILED: 'post-copy-error' };
const details = domainLifecycleDetails;
const detailsOf = (event: string, words: readonly string[], others = {}): Table =>
  inDomainHeader(
    `virDomainEvent${event}DetailType`,
    `VIR_DOMAIN_EVENT_${event.toUpperCase()}_`,
    words,
    others,
  );

const jobs = Object.fromEntries(
  ['pull', 'copy', 'commit'].map((job) => [job.toUpperCase(), `block-${job}`] as const),
);
const channelReasons = { CHANNEL: 'channel-event' };
const usages = { header: 'libvirt-secret.h', name: 'virSecretUsageType', prefix: 'VIR_SECRET_USAGE_TYPE_' };

const tables: readonly Table[] = [
  inDomainHeader('virDomainEventType', 'VIR_DOMAIN_EVENT_', domainLifecycleEvents),
  detailsOf('Defined', details.defined, snapshot),
  detailsOf('Undefined', details.undefined),
  detailsOf('Started', details.started, { ...snapshot, WAKEUP: 'event-wakeup' }),
  detailsOf('Suspended', details.suspended, { ...snapshot, ...postCopy }),
  detailsOf('Resumed', details.resumed, { ...snapshot, ...postCopy }),
  detailsOf('Stopped', details.stopped, snapshot),
  detailsOf('Shutdown', details.shutdown, {
    GUEST: 'finished-after-guest-request',
    HOST: 'finished-after-host-request',
  }),
  detailsOf('PMSuspended', details.pmsuspended),
  detailsOf('Crashed', details.crashed),
  inDomainHeader('virDomainEventWatchdogAction', 'VIR_DOMAIN_EVENT_WATCHDOG_', domain.watchdogActions),
  inDomainHeader('virDomainEventIOErrorAction', 'VIR_DOMAIN_EVENT_IO_ERROR_', domain.ioErrorActions),
  inDomainHeader('virDomainEventGraphicsPhase', 'VIR_DOMAIN_EVENT_GRAPHICS_', domain.graphicsPhases),
  inDomainHeader(
    'virDomainEventGraphicsAddressType',
    'VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_',
    domain.graphicsAddressFamilies,
  ),
  inDomainHeader('virDomainBlockJobType', 'VIR_DOMAIN_BLOCK_JOB_TYPE_', domain.blockJobTypes, {
    ...jobs,
    UNKNOWN: 'unknown-job',
    ACTIVE_COMMIT: 'active-block-commit',
  }),
  inDomainHeader('virConnectDomainEventBlockJobStatus', 'VIR_DOMAIN_BLOCK_JOB_', domain.blockJobStatuses),
  inDomainHeader(
    'virConnectDomainEventDiskChangeReason',
    'VIR_DOMAIN_EVENT_DISK_',
    domain.diskChangeReasons,
    { CHANGE_MISSING_ON_START: 'changed', DROP_MISSING_ON_START: 'dropped' },
  ),
  inDomainHeader(
    'virDomainEventTrayChangeReason',
    'VIR_DOMAIN_EVENT_TRAY_CHANGE_',
    domain.trayChangeReasons,
    {
      OPEN: 'opened',
      CLOSE: 'closed',
    },
  ),
  inDomainHeader(
    'virConnectDomainEventAgentLifecycleState',
    'VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_',
    domain.agentLifecycleStates,
  ),
  inDomainHeader(
    'virConnectDomainEventAgentLifecycleReason',
    'VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_',
    domain.agentLifecycleReasons,
    channelReasons,
  ),
  inDomainHeader('virDomainMetadataType', 'VIR_DOMAIN_METADATA_', domain.domainMetadataTypes),
  inDomainHeader(
    'virDomainMemoryFailureRecipientType',
    'VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_',
    domain.memoryFailureRecipients,
  ),
  inDomainHeader(
    'virDomainMemoryFailureActionType',
    'VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_',
    domain.memoryFailureActions,
  ),
  {
    header: 'libvirt-network.h',
    name: 'virNetworkEventLifecycleType',
    prefix: 'VIR_NETWORK_EVENT_',
    words: object.networkLifecycleEvents,
  },
  {
    header: 'libvirt-storage.h',
    name: 'virStoragePoolEventLifecycleType',
    prefix: 'VIR_STORAGE_POOL_EVENT_',
    words: object.storagePoolLifecycleEvents,
  },
  {
    header: 'libvirt-nodedev.h',
    name: 'virNodeDeviceEventLifecycleType',
    prefix: 'VIR_NODE_DEVICE_EVENT_',
    words: object.nodeDeviceLifecycleEvents,
  },
  {
    header: 'libvirt-secret.h',
    name: 'virSecretEventLifecycleType',
    prefix: 'VIR_SECRET_EVENT_',
    words: object.secretLifecycleEvents,
  },
  { ...usages, words: object.secretUsageTypes },
];

// Tables of what is newer than the libvirt that these specs were first run with.
const newerTables: readonly Table[] = [
  inDomainHeader(
    'virConnectDomainEventChannelLifecycleState',
    'VIR_CONNECT_DOMAIN_EVENT_CHANNEL_LIFECYCLE_STATE_',
    domain.channelLifecycleStates,
  ),
  inDomainHeader(
    'virConnectDomainEventChannelLifecycleReason',
    'VIR_CONNECT_DOMAIN_EVENT_CHANNEL_LIFECYCLE_REASON_',
    domain.channelLifecycleReasons,
    channelReasons,
  ),
  {
    header: 'libvirt-network.h',
    name: 'virNetworkMetadataType',
    prefix: 'VIR_NETWORK_METADATA_',
    words: object.networkMetadataTypes,
  },
];

const hasEnum = ({ header, name }: Table): boolean => {
  try {
    return libvirtEnum(header, name).size > 0;
  } catch {
    return false;
  }
};

// libvirt's names write together what virsh's words write apart.
const compact = (text: string): string => text.toLowerCase().replace(/[-_]/g, '');

describe('the words of enumerations, compared with the installed headers', () => {
  for (const { header, name, prefix, words, others = {} } of [...tables, ...newerTables.filter(hasEnum)]) {
    it(`should be there for every value of ${name}`, () => {
      const theirs = libvirtEnum(header, name);
      expect(theirs.size).to.be.at.least(2);
      for (const [number, constant] of theirs) {
        expect(constant).to.match(new RegExp(`^${prefix}`));
        const rest = constant.slice(prefix.length);
        const word = words[number] === null ? 'UNKNOWN' : words[number];
        expect(word, `${constant}: a newer libvirt has a value that the table lacks`).to.be.a('string');
        expect(compact(word ?? ''), constant).to.equal(compact(others[rest] ?? rest));
      }
    });
  }

  it('should hold no word twice in a table', () => {
    for (const { name, words } of [...tables, ...newerTables]) {
      expect(new Set(words).size, name).to.equal(words.length);
    }
  });
});
