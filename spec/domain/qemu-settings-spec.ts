import { expect } from 'chai';
import { Connection, type Domain } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import { cdromXml, diskXml, scsiControllerXml } from '../support/qemu/domain-xml.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';

const mac = '52:54:00:00:00:01';
const mebibyte = 1 << 20;

// What libvirt's test driver doesn't have. The domain is defined, and stands still.
describe('the settings and the devices of a domain of QEMU', () => {
  requireQemu();
  let host: QemuHost;
  let guest: Guest;
  let connection: Connection;
  let domain: Domain;
  showLogOnFailure(() => host);

  before(async () => {
    host = await QemuHost.start();
    guest = new Guest(host, 'guest');
    const pattern = Buffer.from(Array.from({ length: mebibyte }, (_, index) => index % 251));
    await guest.define({
      hasSecondProcessor: true,
      devices: [
        diskXml({ file: guest.write('raw.img', pattern), target: 'vda', bus: 'virtio', format: 'raw' }),
        cdromXml({ file: guest.write('first.iso', pattern), target: 'hdc', bus: 'ide' }),
        diskXml({ file: await guest.image('grows.qcow2'), target: 'vdb', bus: 'virtio' }),
        scsiControllerXml,
        `<interface type="user"><mac address="${mac}"/><model type="virtio"/></interface>`,
      ],
    });
    await guest.virsh('start', '--paused');
    connection = await Connection.open(host.uri);
    domain = await connection.lookupDomainByName('guest');
  });

  after(async () => {
    await (connection as Connection | undefined)?.close();
    await (host as QemuHost | undefined)?.stop();
  });

  it('should read its memory and its disks', async () => {
    // The first instruction of a PC is a far jump.
    expect((await domain.memoryPeek(0xffff0, 16))[0]).to.equal(0xea);
    expect(await domain.memoryPeek(0n, 4 * mebibyte)).to.have.lengthOf(4 * mebibyte);
    expect([...(await domain.blockPeek('vda', 1000, 3))]).to.deep.equal([1000 % 251, 1001 % 251, 1002 % 251]);
  });

  it('should give a disk another size, in bytes', async () => {
    await domain.blockResize('vdb', 8 * mebibyte);
    const { capacityBytes, physicalBytes } = await domain.blockInfo('vdb');
    expect(capacityBytes).to.equal(8 * mebibyte);
    expect(physicalBytes).to.be.within(1, mebibyte);
    expect(await domain.blockInfo('vda')).to.include({ capacityBytes: mebibyte, physicalBytes: mebibyte });
  });

  it('should count what a disk does', async () => {
    const nothing = {
      readBytes: 0n,
      readRequests: 0n,
      readTimeNs: 0n,
      writeBytes: 0n,
      writeRequests: 0n,
      writeTimeNs: 0n,
      flushRequests: 0n,
      flushTimeNs: 0n,
    };
    expect(await domain.blockStats('vda')).to.deep.equal(nothing);
    expect(await domain.blockStats('')).to.deep.equal(nothing);
    expect(await domain.diskErrors()).to.deep.equal([]);
  });

  it('should set a threshold for a disk', async () => {
    await domain.setBlockThreshold('vdb', 2 * mebibyte);
    expect(await guest.virsh('domstats', '--block')).to.include(`threshold=${2 * mebibyte}`);
  });

  it('should limit a disk', async () => {
    await domain.setBlockIoTune('vda', { totalIops: 500, groupName: 'slow' }, { live: true });
    expect(await domain.blockIoTune('vda', { live: true })).to.include({ totalIops: 500, groupName: 'slow' });
    expect(await domain.blockIoTune('vda', { config: true })).to.include({ totalIops: 0, groupName: '' });
  });

  it('should attach and detach a device', async () => {
    const file = await guest.image('scsi.qcow2');
    const disk = diskXml({ file, target: 'sda', bus: 'scsi' });
    const isAttached = async () => (await domain.xml()).includes("target dev='sda'");
    await domain.attachDevice(disk, { live: true });
    expect(await isAttached()).to.equal(true);
    await domain.detachDevice(disk, { live: true });
    expect(await isAttached()).to.equal(false);
    await domain.attachDevice(disk, { config: true });
    expect(await isAttached()).to.equal(false);
    expect(await domain.xml({ inactive: true })).to.include("target dev='sda'");
    await domain.detachDevice(disk, { config: true });
    expect(await domain.xml({ inactive: true })).not.to.include("target dev='sda'");
  });

  it('should change the medium of a device', async () => {
    const medium = (name: string) => guest.write(`${name}.iso`, Buffer.alloc(mebibyte));
    for (const options of [{}, { force: true }, { live: true, config: true, force: true }]) {
      const file = medium(`medium-${Object.keys(options).length}`);
      await domain.updateDevice(cdromXml({ file, target: 'hdc', bus: 'ide' }), options);
      expect(await domain.xml()).to.include(`<source file='${file}'`);
      expect((await domain.xml({ inactive: true })).includes(file)).to.equal('config' in options);
    }
  });

  it('should detach a device by its alias, and tell it as an event', async () => {
    await domain.attachDevice(diskXml({ file: await guest.image('a.qcow2'), target: 'sdb', bus: 'scsi' }));
    const removed = new Promise((resolve, reject) => {
      domain
        .events('device-removed', {
          onRegistered: () => void domain.detachDeviceByAlias('scsi0-0-0-1', { live: true }).catch(reject),
        })
        .subscribe({ next: resolve, error: reject });
    });
    expect(await removed).to.include({ type: 'device-removed', devAlias: 'scsi0-0-0-1' });
  });

  it('should set the vcpus of the next start', async () => {
    await domain.setVcpusEnabled([1], false, { config: true });
    expect(await domain.vcpuCount({ config: true })).to.equal(1);
    expect(await domain.vcpuCount({ live: true })).to.equal(2);
    await domain.setVcpusEnabled([1], true, { config: true });
    expect(await domain.vcpuCount({ config: true })).to.equal(2);
  });

  it('should pin what runs, or what will run', async () => {
    const all = await domain.emulatorPin();
    await domain.pinVcpu(1, [0], { live: true });
    expect(await domain.vcpuPins()).to.deep.equal([all, [0]]);
    expect(await domain.vcpuPins({ config: true })).to.deep.equal([all, all]);
    expect((await domain.vcpus()).map(({ usableCpus }) => usableCpus)).to.deep.equal([all, [0]]);
    await domain.pinEmulator([0], { config: true });
    expect(await domain.emulatorPin({ config: true })).to.deep.equal([0]);
    expect(await domain.emulatorPin({ live: true })).to.deep.equal(all);
  });

  it('should have I/O threads', async function () {
    requireLibvirt(this, 9, 0);
    await domain.addIoThread(3, { live: true });
    await domain.pinIoThread(3, [0]);
    await domain.setIoThreadParameters(3, { pollMaxNs: 5, pollGrow: 2, pollShrink: 3, threadPoolMax: 4 });
    expect(await domain.ioThreads()).to.deep.equal([{ id: 3, cpus: [0] }]);
    const stats = await guest.virsh('domstats', '--iothread');
    expect(stats).to.include('poll-max-ns=5').and.to.include('poll-grow=2').and.to.include('poll-shrink=3');
    expect(await domain.ioThreads({ config: true })).to.deep.equal([]);
    await domain.deleteIoThread(3, { live: true });
    expect(await domain.ioThreads()).to.deep.equal([]);
  });

  it('should set memory and perf events for the next start', async () => {
    await domain.setMemory(16_384, { config: true });
    expect(await domain.xml({ inactive: true })).to.include(
      "<currentMemory unit='KiB'>16384</currentMemory>",
    );
    await domain.setPerfEvents({ cpuClock: true }, { config: true });
    expect(await domain.perfEvents({ config: true })).to.include({ cpuClock: true, cpuCycles: false });
    expect(await domain.perfEvents({ live: true })).to.include({ cpuClock: false });
    expect(await domain.memoryStats()).to.include({ actualBalloonKiB: 32_768 });
  });

  it('should tell that a session has no cgroups', async function () {
    if (isAtLeast(10)) this.skip(); // then it may have some
    const refused = [
      domain.memoryParameters(),
      domain.setMemoryParameters({ hardLimitKiB: 1 << 20 }),
      domain.schedulerType(),
      domain.schedulerParameters(),
      domain.setSchedulerParameters({ cpuShares: 60, vcpuQuotaUs: -1 }),
      domain.blkioParameters(),
      domain.setBlkioParameters({ weight: 500 }),
    ];
    for (const error of await Promise.all(refused.map(rejection)))
      expect(error).to.have.property('message').that.includes('uning is not available in session mode');
    for (const error of await Promise.all([domain.cpuStats(), domain.perCpuStats()].map(rejection)))
      expect(error).to.include({ code: 'VIR_ERR_OPERATION_INVALID', call: 'virDomainGetCPUStats' });
  });

  it('should measure how fast its memory changes', async function () {
    requireLibvirt(this, 9, 0);
    await domain.startDirtyRateCalc(1);
    expect(await guest.virsh('domstats', '--dirtyrate')).to.match(/dirtyrate\.calc_status=[12]/);
  });
});
