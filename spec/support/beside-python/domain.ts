import type { Connection, Domain } from '../../../lib/index.js';
import type { Comparison } from './comparison.js';
import { domainKey } from './names.js';

/** A domain, Python's `dom`, and the names of its disks and of its interface: `disk`, `raw` and `nic`. */
export interface ComparedDomain {
  readonly connection: Connection;
  readonly domain: Domain;
  readonly disk: string;
  /** A disk in the format raw. */
  readonly raw: string;
  readonly nic: string;
}

const states = "'no-state running blocked paused shutdown shutoff crashed pm-suspended'";

/** Without the word for the reason: Python's binding has no words. */
async function stateOf(domain: Domain): Promise<object> {
  const { state, stateNumber, reasonNumber } = await domain.state();
  return { state, stateNumber, reasonNumber };
}

/** What a domain is. */
export const domainComparisons: readonly Comparison<ComparedDomain>[] = [
  {
    call: 'virDomainLookupByName',
    python: 'domain(conn.lookupByName(dom.name()))',
    rxvirt: async ({ connection, domain }) => domainKey(await connection.lookupDomainByName(domain.name)),
  },
  {
    call: 'virDomainLookupByUUIDString',
    python: 'domain(conn.lookupByUUIDString(dom.UUIDString()))',
    rxvirt: async ({ connection, domain }) => domainKey(await connection.lookupDomainByUuid(domain.uuid)),
  },
  {
    call: 'virDomainLookupByID',
    python: 'domain(conn.lookupByID(dom.ID()))',
    rxvirt: async ({ connection, domain }) => domainKey(await connection.lookupDomainById(domain.id ?? -1)),
  },
  {
    call: 'virDomainGetState',
    python: `(lambda state: {'state': word(state[0], ${states}), 'stateNumber': state[0], 'reasonNumber': state[1]})(dom.state())`,
    rxvirt: ({ domain }) => stateOf(domain),
  },
  {
    call: 'virDomainGetInfo',
    python: `(lambda info: {**info, 'state': word(info['state'], ${states})})(
      named(dom.info(), 'state maxMemoryKiB memoryKiB vcpus cpuTimeNs'))`,
    rxvirt: ({ domain }) => domain.info(),
    moving: /^cpuTimeNs$/,
  },
  { call: 'virDomainGetXMLDesc', python: 'dom.XMLDesc()', rxvirt: ({ domain }) => domain.xml() },
  {
    call: 'virDomainGetXMLDesc',
    python: 'dom.XMLDesc(libvirt.VIR_DOMAIN_XML_SECURE | libvirt.VIR_DOMAIN_XML_INACTIVE)',
    rxvirt: ({ domain }) => domain.xml({ secure: true, inactive: true }),
  },
  { call: 'virDomainIsActive', python: 'dom.isActive()', rxvirt: ({ domain }) => domain.isActive() },
  {
    call: 'virDomainIsPersistent',
    python: 'dom.isPersistent()',
    rxvirt: ({ domain }) => domain.isPersistent(),
  },
  { call: 'virDomainIsUpdated', python: 'dom.isUpdated()', rxvirt: ({ domain }) => domain.isUpdated() },
  { call: 'virDomainGetOSType', python: 'dom.OSType()', rxvirt: ({ domain }) => domain.osType() },
  { call: 'virDomainGetAutostart', python: 'dom.autostart()', rxvirt: ({ domain }) => domain.autostart() },
  {
    call: 'virDomainGetAutostartOnce',
    python: 'dom.autostartOnce()',
    rxvirt: ({ domain }) => domain.autostartOnce(),
    since: [11, 2],
  },
  {
    call: 'virDomainHasManagedSaveImage',
    python: 'dom.hasManagedSaveImage()',
    rxvirt: ({ domain }) => domain.hasManagedSaveImage(),
  },
  {
    call: 'virDomainGetMetadata',
    python: 'dom.metadata(libvirt.VIR_DOMAIN_METADATA_TITLE, None)',
    rxvirt: ({ domain }) => domain.metadata('title'),
  },
  {
    call: 'virDomainGetControlInfo',
    python: `(lambda state, error, time: {'state': word(state, 'ok job occupied error'),
      'error': word(error, 'none unknown monitor internal'), 'stateTimeMs': time})(*dom.controlInfo())`,
    rxvirt: ({ domain }) => domain.controlInfo(),
  },
  { call: 'virDomainGetMessages', python: 'dom.messages()', rxvirt: ({ domain }) => domain.messages() },
  {
    call: 'virDomainGetSecurityLabelList',
    python: "[named(each, 'label enforcing') for each in dom.securityLabelList()]",
    rxvirt: ({ domain }) => domain.securityLabels(),
  },
  {
    call: 'virDomainGetLaunchSecurityInfo',
    python: 'dom.launchSecurityInfo()',
    rxvirt: ({ domain }) => domain.launchSecurityInfo(),
  },
  {
    call: 'virDomainGetBlockJobInfo',
    python: `(lambda found: {**found, 'type': word(found['type'],
      'unknown-job block-pull block-copy block-commit active-block-commit backup')} if found else None)(
      renamed(dom.blockJobInfo(disk, libvirt.VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES) or {},
      'bandwidth:bandwidthBytesPerSecond'))`,
    rxvirt: ({ domain, disk }) => domain.blockJobInfo(disk),
  },
  {
    call: 'virDomainGetBlockJobInfo',
    python: 'dom.blockJobInfo(raw) or None',
    rxvirt: ({ domain, raw }) => domain.blockJobInfo(raw),
  },
  {
    call: 'virDomainMigrateGetMaxSpeed',
    python: 'dom.migrateGetMaxSpeed()',
    rxvirt: ({ domain }) => domain.migrationMaxSpeed(),
  },
  {
    call: 'virDomainMigrateGetMaxDowntime',
    python: 'required(dom.migrateGetMaxDowntime())',
    rxvirt: ({ domain }) => domain.migrationMaxDowntime(),
  },
  {
    call: 'virDomainMigrateGetCompressionCache',
    python: 'required(dom.migrateGetCompressionCache())',
    rxvirt: ({ domain }) => domain.migrationCompressionCache(),
  },
];

/** A domain that has a backup under way. */
export const backupComparisons: readonly Comparison<ComparedDomain>[] = [
  {
    call: 'virDomainGetJobStats',
    python: `(lambda found: {**found, 'type': word(found['type'], 'none bounded unbounded completed failed cancelled'),
      'operation': word(found['operation'], 'unknown start save restore incoming-migration outgoing-migration '
      'snapshot snapshot-revert dump backup snapshot-delete')})(renamed(dom.jobStats(), 'time_elapsed:timeElapsedMs '
      'disk_total:diskTotalBytes disk_processed:diskProcessedBytes disk_remaining:diskRemainingBytes '
      'disk_temp_used:diskTempUsedBytes disk_temp_total:diskTempTotalBytes'))`,
    rxvirt: ({ domain }) => domain.jobStats(),
    moving: /^timeElapsedMs$/,
  },
  {
    call: 'virDomainBackupGetXMLDesc',
    python: 'dom.backupGetXMLDesc()',
    rxvirt: ({ domain }) => domain.backupXml(),
  },
];

/** A stopped domain with a saved state, Python's `kept`, and a file with the state of another one, `saved`. */
export interface ComparedSaves {
  readonly connection: Connection;
  readonly domain: Domain;
  readonly file: string;
}

export const saveComparisons: readonly Comparison<ComparedSaves>[] = [
  {
    call: 'virDomainHasManagedSaveImage',
    python: 'kept.hasManagedSaveImage()',
    rxvirt: ({ domain }) => domain.hasManagedSaveImage(),
  },
  {
    call: 'virDomainManagedSaveGetXMLDesc',
    python: 'kept.managedSaveGetXMLDesc()',
    rxvirt: ({ domain }) => domain.managedSaveXml(),
  },
  {
    call: 'virDomainSaveImageGetXMLDesc',
    python: 'conn.saveImageGetXMLDesc(saved)',
    rxvirt: ({ connection, file }) => connection.savedDomainXml(file),
  },
  {
    call: 'virConnectDomainXMLToNative',
    python: "conn.domainXMLToNative('qemu-argv', kept.XMLDesc())",
    rxvirt: async ({ connection, domain }) => connection.domainXmlToNative('qemu-argv', await domain.xml()),
  },
];
