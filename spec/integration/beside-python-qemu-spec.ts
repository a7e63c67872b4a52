import { Connection, type NwFilter, type NwFilterBinding } from '../../lib/index.js';
import type { LibvirtFunction } from '../../lib/native.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { bound, itShouldAgree, requirePython } from '../support/beside-python/comparison.js';
import { deviceComparisons } from '../support/beside-python/devices.js';
import { backupComparisons, domainComparisons, saveComparisons } from '../support/beside-python/domain.js';
import { agentComparisons, guestComparisons } from '../support/beside-python/guest.js';
import { freePages, hostComparisons } from '../support/beside-python/host.js';
import { listComparisons } from '../support/beside-python/lists.js';
import { inactiveNetwork, networkComparisons, portComparisons } from '../support/beside-python/networks.js';
import { filterComparisons, secretComparisons } from '../support/beside-python/secrets.js';
import { settingComparisons } from '../support/beside-python/settings.js';
import { checkpointComparisons, snapshotComparisons } from '../support/beside-python/snapshots.js';
import { inactivePool, storageComparisons } from '../support/beside-python/storage.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { PrivilegedLibvirtd } from '../support/libvirtd/privileged-libvirtd.js';
import { diskXml } from '../support/qemu/domain-xml.js';
import { Guest } from '../support/qemu/guest.js';
import { GuestWithAgent } from '../support/qemu/guest-with-agent.js';
import { requireQemu } from '../support/qemu/require-qemu.js';

const nic = '52:54:00:00:00:09';
const owner = '<owner><name>x</name><uuid>00000000-0000-4000-8000-000000000001</uuid></owner>';
const networkXml = '<network><name>net</name><forward mode="bridge"/><bridge name="none"/></network>';
const portXml = `<networkport><uuid>5d744f21-ba4a-4d6e-bdb2-30a35ff3207d</uuid>${owner}<mac address="52:54:00:7b:35:93"/></networkport>`;
const secretXml = '<secret ephemeral="yes"><usage type="volume"><volume>/a</volume></usage></secret>';
const volumeXml =
  '<volume><name>vol</name><capacity unit="MiB">3</capacity><allocation>5</allocation></volume>';
const snapshotXml = (name: string): string => `<domainsnapshot><name>${name}</name></domainsnapshot>`;
const checkpointXml = (name: string): string =>
  `<domaincheckpoint><name>${name}</name><disks><disk name="hda" checkpoint="no"/></disks></domaincheckpoint>`;

const backupXml = (socket: string, scratch: string): string => `<domainbackup mode="pull">
  <server transport="unix" socket="${socket}"/>
  <disks><disk name="hda" backup="no"/>
    <disk name="vda" backup="yes" type="file"><scratch file="${scratch}"/></disk></disks>
</domainbackup>`;

const agentAnswers: Readonly<Record<string, unknown>> = {
  'guest-get-host-name': { 'host-name': 'webserver' },
  'guest-get-time': 1_700_000_000_123_456,
  'guest-get-users': [{ user: 'ann', 'login-time': 1_700_000_000.5 }],
  'guest-get-osinfo': { id: 'debian', 'kernel-release': '6.1', machine: 'x86_64' },
  'guest-get-timezone': { zone: 'CET', offset: 3600 },
  'guest-get-fsinfo': [
    {
      name: 'vda1',
      mountpoint: '/',
      type: 'ext4',
      disk: [
        {
          'pci-controller': { domain: 0, bus: 0, slot: 9, function: 0 },
          'bus-type': 'virtio',
          bus: 0,
          target: 0,
          unit: 0,
          dev: '/dev/vda1',
        },
      ],
    },
  ],
  'guest-get-vcpus': [{ 'logical-id': 0, online: true, 'can-offline': false }],
  'guest-ssh-get-authorized-keys': { keys: ['ssh-ed25519 AAAA ann', 'ssh-ed25519 BBBB ben'] },
  'guest-network-get-interfaces': [
    {
      name: 'eth0',
      'hardware-address': nic,
      'ip-addresses': [
        { 'ip-address': '192.0.2.7', 'ip-address-type': 'ipv4', prefix: 24 },
        { 'ip-address': '2001:db8::7', 'ip-address-type': 'ipv6', prefix: 64 },
      ],
    },
    { name: 'lo', 'ip-addresses': [{ 'ip-address': '127.0.0.1', 'ip-address-type': 'ipv4', prefix: 8 }] },
  ],
};

/** Both ask the same daemon. */
const setupWith = (file: string): string => `saved = '${file}'
dom, kept = conn.lookupByName('agent'), conn.lookupByName('kept')
disk, raw, nic, source = 'vda', 'hda', '${nic}', libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT
before, after = dom.checkpointLookupByName('before'), dom.checkpointLookupByName('after')
first, second = kept.snapshotLookupByName('first'), kept.snapshotLookupByName('second')
net, pool = conn.networkLookupByName('net'), conn.storagePoolLookupByName('pool')
port, vol = net.listAllPorts()[0], pool.storageVolLookupByName('vol')
secret = conn.listAllSecrets()[0]
dev = conn.nodeDeviceLookupByName('computer')
`;

/** Makes a guest that runs and has all that can be asked for. */
async function prepare(guest: GuestWithAgent) {
  const { host, connection, agent, domain } = guest;
  for (const [command, answer] of Object.entries(agentAnswers))
    agent.answers.set(command, JSON.stringify(answer));
  await connection.defineDomain(await domain.xml({ inactive: true }));
  await domain.setMetadata('title', 'A title', { live: true, config: true });
  // Otherwise Python's rows would be the first to taint it.
  await domain.qemuMonitorCommand('info version', { hmp: true });
  await domain.qemuAgentCommand('{"execute": "guest-get-timezone"}');
  await domain.addIoThread(7);
  await domain.setBlockIoTune('vda', {
    totalIops: 17,
    totalIopsMax: 18,
    totalIopsMaxSeconds: 19,
    groupName: 'slow',
  });
  await domain.setPerfEvents({ cpuClock: true }, { config: true });
  const still = new Guest(host, 'kept');
  const disk = diskXml({ file: await still.image('disk.qcow2'), target: 'vda', bus: 'virtio' });
  const kept = await connection.defineDomain(still.xml({ devices: [disk] }));
  const network = await connection.defineNetwork(networkXml);
  await network.create();
  const port = await network.createPort(portXml);
  await port.setParameters({ inboundAverageKBps: 100, outboundPeakKBps: 7, outboundAverageKBps: 5 });
  host.directory.makeDirectory('pool');
  const path = host.directory.join('pool');
  const pool = await connection.defineStoragePool(
    `<pool type="dir"><name>pool</name><target><path>${path}</path></target></pool>`,
  );
  await pool.create();
  const secret = await connection.defineSecret(secretXml);
  await secret.setValue(Buffer.from([0, 1, 2, 255, 0]));
  const first = await kept.createSnapshot(snapshotXml('first'));
  const second = await kept.createSnapshot(snapshotXml('second'));
  await kept.create({ paused: true });
  await kept.managedSave();
  const file = still.path('saved');
  const passing = await connection.createDomain(new Guest(host, 'passing').xml(), { paused: true });
  await passing.save(file);
  const [beforeIt, afterIt] = [
    await domain.createCheckpoint(checkpointXml('before')),
    await domain.createCheckpoint(checkpointXml('after')),
  ];
  await domain.beginBackup(backupXml(still.path('backup.sock'), still.path('scratch')));
  return {
    connection,
    file,
    device: await connection.lookupNodeDeviceByName('computer'),
    domain: await connection.lookupDomainByName('agent'),
    disk: 'vda',
    raw: 'hda',
    nic,
    before: beforeIt,
    after: afterIt,
    kept,
    first,
    second,
    network,
    port,
    pool,
    volume: await pool.createVolume(volumeXml),
    secret,
  };
}

/** What a session of QEMU and this guest can't do, or not on every machine. */
const refused: readonly LibvirtFunction[] = [
  'virNetworkGetMetadata',
  'virConnectFindStoragePoolSources',
  'virConnectGetSysinfo',
  'virDomainGetBlkioParameters',
  'virDomainGetCPUStats',
  'virDomainGetInterfaceParameters',
  'virDomainGetMemoryParameters',
  'virDomainGetSchedulerParameters',
  'virDomainGetSchedulerParametersFlags',
  'virDomainGetSchedulerType',
  'virDomainInterfaceStats',
  'virNodeDeviceLookupSCSIHostByWWN',
  'virNodeGetMemoryParameters',
  'virNodeGetSEVInfo',
  // Debian builds newer libvirt without its driver for interfaces.
  ...(isAtLeast(10) ? (['virConnectListAllInterfaces'] as const) : []),
];

describe('the answers of a host with QEMU, beside those of Python’s binding', () => {
  requirePython();
  requireQemu();
  let guest: GuestWithAgent;
  let host: Awaited<ReturnType<typeof prepare>>;
  before(async () => {
    guest = await GuestWithAgent.start();
    host = await prepare(guest);
  });
  after(() => disposeAll(guest));

  itShouldAgree(
    [
      ...bound([...hostComparisons, freePages], () => host.connection),
      ...bound(listComparisons, () => host.connection),
      ...bound(domainComparisons, () => host),
      ...bound(settingComparisons, () => host),
      ...bound([...guestComparisons, ...agentComparisons], () => host),
      ...bound(snapshotComparisons, () => ({ ...host, domain: host.kept })),
      ...bound(checkpointComparisons, () => host),
      ...bound(backupComparisons, () => host),
      ...bound(saveComparisons, () => ({ ...host, domain: host.kept })),
      ...bound(deviceComparisons, () => host),
      ...bound([...networkComparisons, inactiveNetwork], () => host),
      ...bound(portComparisons, () => host),
      ...bound([...storageComparisons, inactivePool], () => host),
      ...bound(secretComparisons, () => host),
    ],
    refused,
    () => ({ uri: guest.host.uri, setup: setupWith(host.file) }),
  );
});

const filterXml = '<filter name="silent"><rule action="drop" direction="in"><all/></rule></filter>';
const bindingXml = `<filterbinding>${owner}<portdev name="lo"/><mac address="52:54:00:00:00:01"/>
  <filterref filter="silent"/></filterbinding>`;

describe('the answers of a host with network filters, beside those of Python’s binding', () => {
  requirePython();
  let host: PrivilegedLibvirtd;
  let connection: Connection;
  let filter: NwFilter;
  let binding: NwFilterBinding;
  before(async function () {
    const reason = PrivilegedLibvirtd.unavailableReason();
    if (reason !== undefined) {
      console.error(`\n*** NOT TESTED with network filters: ${reason} ***\n`);
      this.skip();
    }
    host = await PrivilegedLibvirtd.start();
    connection = await Connection.open(host.uri);
    filter = await connection.defineNwFilter(filterXml);
    binding = await connection.createNwFilterBinding(bindingXml);
  });
  after(() => disposeAll(connection, host));

  itShouldAgree(
    [
      ...bound(listComparisons, () => connection),
      ...bound(filterComparisons, () => ({ connection, filter, binding })),
    ],
    [],
    () => ({
      uri: host.uri,
      setup:
        "nwfilter, binding = conn.nwfilterLookupByName('silent'), conn.nwfilterBindingLookupByPortDev('lo')",
    }),
  );
});
