import { expect } from 'chai';
import { LibvirtError, type Domain } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { rejection } from '../support/rejection.js';
import { tunedHost } from '../support/tuned-host.js';

describe('the devices of a domain', () => {
  const host = tunedHost();

  describe('its disks', () => {
    it('should have a size', async () => {
      expect(await host.domain.blockInfo('vda')).to.deep.equal({
        capacityBytes: 1_099_506_450_432,
        allocationBytes: 1_099_511_627_776,
        physicalBytes: 1_099_511_627_776,
      });
    });

    it('should tell their errors', async () => {
      expect(await host.domain.diskErrors()).to.deep.equal([{ disk: 'vda', error: 'unspecified' }]);
    });

    it('should have limits, of which those that are not given stay', async () => {
      const { domain } = host;
      const before = await domain.blockIoTune('vda');
      expect(Object.keys(before)).to.have.lengthOf(20);
      const some = { totalBytesPerSecond: 2 ** 40, totalBytesPerSecondMax: 2 ** 41, groupName: 'slow' };
      await domain.setBlockIoTune('vda', some);
      const more = { readIops: 100, readIopsMax: 200, readIopsMaxSeconds: 3, iopsSizeBytes: 4096 };
      await domain.setBlockIoTune('vda', more);
      expect(await domain.blockIoTune('vda'))
        .to.include(more)
        .and.to.include({ groupName: 'slow' });
    });
  });

  describe('its interfaces', () => {
    it('should have counters', async () => {
      const stats = await host.domain.interfaceStats('testnet0');
      expect(Object.keys(stats)).to.deep.equal([
        'rxBytes',
        'rxPackets',
        'rxErrors',
        'rxDrops',
        'txBytes',
        'txPackets',
        'txErrors',
        'txDrops',
      ]);
      for (const value of Object.values(stats)) expect(value).to.be.a('bigint');
    });

    it('should have addresses, which are asked of the named source', async () => {
      const addresses = async (source: 'lease' | 'agent' | 'arp') => {
        const [found, ...others] = await host.domain.interfaceAddresses({ source });
        expect(others).to.deep.equal([]);
        expect(found).to.include({ name: 'testnet0', mac: 'aa:bb:cc:dd:ee:ff' });
        return found?.addresses;
      };
      const prefix = 24;
      expect(await addresses('lease')).to.deep.equal([{ type: 'ipv4', address: '192.168.122.129', prefix }]);
      expect(await addresses('agent')).to.deep.equal([{ type: 'ipv4', address: '192.168.122.129', prefix }]);
      expect((await host.domain.interfaceAddresses())[0]?.addresses).to.deep.equal(await addresses('lease'));
    });

    it('should have limits', async () => {
      const { domain } = host;
      const inbound = { inboundAverageKBps: 100, inboundPeakKBps: 200, inboundBurstKiB: 300 };
      const outbound = { outboundAverageKBps: 400, outboundPeakKBps: 500, outboundBurstKiB: 600 };
      await domain.setInterfaceParameters('testnet0', { ...inbound, ...outbound });
      const expected = { ...inbound, inboundFloorKBps: 0, ...outbound };
      expect(await domain.interfaceParameters('testnet0')).to.deep.equal(expected);
      expect(await domain.interfaceParameters('aa:bb:cc:dd:ee:ff')).to.deep.equal(expected);
    });
  });

  // These are run with QEMU in qemu-settings-spec.ts, as far as the installed libvirt has them.
  const refused: Readonly<Record<string, (domain: Domain) => Promise<unknown>>> = {
    virDomainAttachDeviceFlags: (domain) => domain.attachDevice('<disk/>'),
    virDomainDetachDeviceFlags: (domain) => domain.detachDevice('<disk/>'),
    virDomainDetachDeviceAlias: (domain) => domain.detachDeviceByAlias('disk'),
    virDomainUpdateDeviceFlags: (domain) => domain.updateDevice('<disk/>', { force: true }),
    virDomainBlockStatsFlags: (domain) => domain.blockStats('vda'),
    virDomainBlockPeek: (domain) => domain.blockPeek('vda', 0, 512),
    virDomainBlockResize: (domain) => domain.blockResize('vda', 2 ** 40),
    virDomainSetBlockThreshold: (domain) => domain.setBlockThreshold('vda', 2n ** 40n),
    virDomainSetThrottleGroup: (domain) => domain.setThrottleGroup('slow', { totalIops: 10 }),
    virDomainDelThrottleGroup: (domain) => domain.deleteThrottleGroup('slow'),
    virDomainAnnounceInterface: (domain) => domain.announceInterface({ device: 'testnet0', rounds: 3 }),
    virDomainSetVcpu: (domain) => domain.setVcpusEnabled([1], false),
    virDomainStartDirtyRateCalc: (domain) => domain.startDirtyRateCalc(1),
  };
  // The test driver of libvirt 11 has these.
  const newer = /^virDomain(Attach|Update)DeviceFlags$|^virDomainDetachDeviceAlias$/;
  for (const [name, ask] of Object.entries(refused)) {
    if (isAtLeast(10) && newer.test(name)) continue;
    it(`should reject with VIR_ERR_NO_SUPPORT where the hypervisor has no ${name}`, async () => {
      const error = await rejection(ask(host.domain));
      expect(error).to.be.instanceOf(LibvirtError).and.to.include({ code: 'VIR_ERR_NO_SUPPORT', call: name });
    });
  }

  it('should refuse wrong arguments before libvirt is asked', async () => {
    const { domain, connection } = host;
    await connection.close();
    const wrong = [
      domain.attachDevice(undefined as never),
      domain.attachDevice('<disk/>', { force: true } as never),
      domain.updateDevice('<disk/>', { force: 'yes' as never }),
      domain.detachDeviceByAlias('\0'),
      domain.blockPeek('vda', -1, 1),
      domain.blockPeek('vda', 0, 5 << 20),
      domain.blockResize('vda', -1),
      domain.blockResize('vda', 1, { bytes: true } as never),
      domain.setBlockThreshold('vda', 2n ** 64n),
      domain.setBlockIoTune('vda', { total_iops_sec: 1 } as never),
      domain.setThrottleGroup('slow', { totalIops: -1 }),
      domain.interfaceStats(7 as never),
      domain.interfaceAddresses({ source: 'dhcp' as never }),
      domain.setInterfaceParameters('testnet0', { inboundAverageKBps: 2 ** 32 }),
      domain.announceInterface({ rounds: -1 }),
      domain.announceInterface({ count: 3 } as never),
    ];
    for (const error of await Promise.all(wrong.map(rejection)))
      expect(error).to.satisfy((it: unknown) => it instanceof TypeError || it instanceof RangeError);
  });
});
