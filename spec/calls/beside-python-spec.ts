import type { LibvirtFunction } from '../../lib/native.js';
import { Connection } from '../../lib/index.js';
import { bound, itShouldAgree, requirePython } from '../support/beside-python/comparison.js';
import { deviceComparisons, interfaceComparisons } from '../support/beside-python/devices.js';
import { domainComparisons } from '../support/beside-python/domain.js';
import { guestComparisons } from '../support/beside-python/guest.js';
import { hostComparisons } from '../support/beside-python/host.js';
import { listComparisons } from '../support/beside-python/lists.js';
import { networkComparisons } from '../support/beside-python/networks.js';
import { settingComparisons } from '../support/beside-python/settings.js';
import { checkpointComparisons, snapshotComparisons } from '../support/beside-python/snapshots.js';
import { storageComparisons } from '../support/beside-python/storage.js';

const uri = 'test:///default';
const keptXml = `<domain type="test"><name>kept</name><uuid>00000000-0000-4000-8000-000000000001</uuid>
  <memory>65536</memory><os><type>hvm</type></os></domain>`;
const volumeXml =
  '<volume><name>vol</name><capacity unit="MiB">3</capacity><allocation>5</allocation></volume>';
const snapshotXml = (name: string): string => `<domainsnapshot><name>${name}</name></domainsnapshot>`;
const checkpointXml = (name: string): string => `<domaincheckpoint><name>${name}</name></domaincheckpoint>`;

/** The same as {@link prepare} does. Each process has its own test host. */
const setup = `
dom = conn.lookupByName('test')
dom.setMetadata(libvirt.VIR_DOMAIN_METADATA_TITLE, 'A title', None, None)
disk, raw, nic, source = 'vda', 'vda', 'testnet0', libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE
dom.setMemoryParameters({'hard_limit': 3000001, 'soft_limit': 2000002, 'swap_hard_limit': 4000003})
dom.setBlkioParameters({'weight': 500, 'device_weight': '/dev/sda,300,/dev/sdb,400',
    'device_read_iops_sec': '/dev/sda,1', 'device_write_iops_sec': '/dev/sda,2',
    'device_read_bytes_sec': '/dev/sda,3', 'device_write_bytes_sec': '/dev/sda,4'})
dom.setBlockIoTune(disk, {'read_bytes_sec': 11, 'write_bytes_sec': 12, 'read_bytes_sec_max': 13,
    'write_bytes_sec_max': 14, 'read_bytes_sec_max_length': 15, 'write_bytes_sec_max_length': 16,
    'total_iops_sec': 17, 'total_iops_sec_max': 18, 'total_iops_sec_max_length': 19, 'size_iops_sec': 20,
    'group_name': 'slow'})
dom.setInterfaceParameters(nic, {'inbound.average': 1, 'inbound.peak': 2, 'inbound.burst': 3,
    'outbound.average': 4, 'outbound.peak': 5, 'outbound.burst': 6})
dom.pinVcpu(1, (True, False, True, False, False, False, False, False))
dom.pinEmulator((False, True, False, True, False, False, False, False))
dom.addIOThread(7)
dom.pinIOThread(7, (False, False, False, False, False, False, True, False))
dom.setPerfEvents({'cmt': True, 'cache_misses': True})
before = dom.checkpointCreateXML('${checkpointXml('before')}')
after = dom.checkpointCreateXML('${checkpointXml('after')}')
kept = conn.defineXML('''${keptXml}''')
kept.setAutostart(1)
first = kept.snapshotCreateXML('${snapshotXml('first')}')
second = kept.snapshotCreateXML('${snapshotXml('second')}')
net = conn.networkLookupByName('default')
pool = conn.storagePoolLookupByName('default-pool')
vol = pool.createXML('${volumeXml}')
dev = conn.nodeDeviceLookupByName('scsi_host1')
iface = conn.interfaceLookupByName('eth1')
`;

async function prepare(connection: Connection) {
  const domain = await connection.lookupDomainByName('test');
  await domain.setMetadata('title', 'A title');
  await domain.setMemoryParameters({
    hardLimitKiB: 3_000_001,
    softLimitKiB: 2_000_002,
    swapHardLimitKiB: 4_000_003,
  });
  await domain.setBlkioParameters({
    weight: 500,
    deviceWeights: [
      { path: '/dev/sda', weight: 300 },
      { path: '/dev/sdb', weight: 400 },
    ],
    deviceReadIops: [{ path: '/dev/sda', iops: 1 }],
    deviceWriteIops: [{ path: '/dev/sda', iops: 2 }],
    deviceReadBytes: [{ path: '/dev/sda', bytesPerSecond: 3 }],
    deviceWriteBytes: [{ path: '/dev/sda', bytesPerSecond: 4 }],
  });
  await domain.setBlockIoTune('vda', {
    readBytesPerSecond: 11,
    writeBytesPerSecond: 12,
    readBytesPerSecondMax: 13,
    writeBytesPerSecondMax: 14,
    readBytesPerSecondMaxSeconds: 15,
    writeBytesPerSecondMaxSeconds: 16,
    totalIops: 17,
    totalIopsMax: 18,
    totalIopsMaxSeconds: 19,
    iopsSizeBytes: 20,
    groupName: 'slow',
  });
  await domain.setInterfaceParameters('testnet0', {
    inboundAverageKBps: 1,
    inboundPeakKBps: 2,
    inboundBurstKiB: 3,
    outboundAverageKBps: 4,
    outboundPeakKBps: 5,
    outboundBurstKiB: 6,
  });
  await domain.pinVcpu(1, [0, 2]);
  await domain.pinEmulator([1, 3]);
  await domain.addIoThread(7);
  await domain.pinIoThread(7, [6]);
  await domain.setPerfEvents({ cmt: true, cacheMisses: true });
  const kept = await connection.defineDomain(keptXml);
  await kept.setAutostart(true);
  const pool = await connection.lookupStoragePoolByName('default-pool');
  return {
    connection,
    domain,
    disk: 'vda',
    raw: 'vda',
    nic: 'testnet0',
    before: await domain.createCheckpoint(checkpointXml('before')),
    after: await domain.createCheckpoint(checkpointXml('after')),
    kept,
    first: await kept.createSnapshot(snapshotXml('first')),
    second: await kept.createSnapshot(snapshotXml('second')),
    network: await connection.lookupNetworkByName('default'),
    pool,
    volume: await pool.createVolume(volumeXml),
    device: await connection.lookupNodeDeviceByName('scsi_host1'),
    iface: await connection.lookupInterfaceByName('eth1'),
  };
}

/** What libvirt 9.0's test driver doesn't have, or refuses. */
const refused: readonly LibvirtFunction[] = [
  'virConnectGetDomainCapabilities',
  'virNodeGetSEVInfo',
  'virNodeGetMemoryStats',
  'virNodeGetMemoryParameters',
  'virConnectCompareCPU',
  'virConnectCompareHypervisorCPU',
  'virConnectBaselineHypervisorCPU',
  'virConnectListAllSecrets',
  'virConnectListAllNWFilters',
  'virConnectListAllNWFilterBindings',
  'virConnectGetStoragePoolCapabilities',
  'virDomainGetAutostartOnce',
  'virNetworkGetMetadata',
  'virDomainGetSecurityLabelList',
  'virDomainGetLaunchSecurityInfo',
  'virDomainGetBlockJobInfo',
  'virDomainMigrateGetMaxSpeed',
  'virDomainMigrateGetMaxDowntime',
  'virDomainMigrateGetCompressionCache',
  'virDomainGetSchedulerParametersFlags',
  'virDomainBlockStatsFlags',
  'virDomainBlockPeek',
  'virNetworkGetDHCPLeases',
  'virNetworkListAllPorts',
  'virStoragePoolLookupByTargetPath',
  'virStorageVolGetInfoFlags',
  'virNodeDeviceLookupSCSIHostByWWN',
  'virNodeDeviceIsActive',
  'virNodeDeviceIsPersistent',
  'virNodeDeviceGetAutostart',
];

describe('the answers of the test host, beside those of Python’s binding', () => {
  requirePython();
  let host: Awaited<ReturnType<typeof prepare>>;
  before(async () => {
    host = await prepare(await Connection.open(uri));
  });
  after(() => (host as typeof host | undefined)?.connection.close());

  itShouldAgree(
    [
      ...bound(hostComparisons, () => host.connection),
      ...bound(listComparisons, () => host.connection),
      ...bound(domainComparisons, () => host),
      ...bound(settingComparisons, () => host),
      ...bound(guestComparisons, () => host),
      ...bound(snapshotComparisons, () => ({ ...host, domain: host.kept })),
      ...bound(checkpointComparisons, () => host),
      ...bound(networkComparisons, () => host),
      ...bound(storageComparisons, () => host),
      ...bound(deviceComparisons, () => host),
      ...bound(interfaceComparisons, () => host),
    ],
    refused,
    () => ({ uri, setup }),
  );
});
