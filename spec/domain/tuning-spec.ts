import { expect } from 'chai';
import { blkioArgument } from '../../lib/domain/blkio-parameters.js';
import { LibvirtError } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { rejection } from '../support/rejection.js';
import { tunedHost } from '../support/tuned-host.js';

describe('the tuning of a domain', () => {
  const host = tunedHost();

  it('should name the scheduler', async () => {
    expect(await host.domain.schedulerType()).to.equal('fair');
  });

  it('should set and read what the scheduler gives', async () => {
    const { domain } = host;
    await domain.setSchedulerParameters({ weight: 60 });
    // The test driver of libvirt 9.0 refuses a flag that libvirt itself adds.
    const found = await domain.schedulerParameters({ live: true }).catch((error: unknown) => error);
    if (found instanceof LibvirtError)
      expect(found.message).to.include(
        'unsupported flags (0x5) in function testDomainGetSchedulerParametersFlags',
      );
    else expect(found).to.deep.equal({ weight: 60 });
  });

  it('should refuse a parameter that the scheduler does not have', async () => {
    expect(await rejection(host.domain.setSchedulerParameters({ cpuShares: 60 })))
      .to.be.instanceOf(LibvirtError)
      .and.to.have.property('message')
      .that.includes("parameter 'cpu_shares' not supported");
  });

  it('should share the block devices of the host', async function () {
    requireLibvirt(this, 9, 0);
    const { domain } = host;
    const nothing = {
      weight: 0,
      deviceWeights: [],
      deviceReadIops: [],
      deviceWriteIops: [],
      deviceReadBytes: [],
      deviceWriteBytes: [],
    };
    expect(await domain.blkioParameters()).to.deep.equal(nothing);
    const some = {
      weight: 500,
      deviceWeights: [
        { path: '/dev/sda', weight: 300 },
        { path: '/dev/sdb', weight: 1000 },
      ],
      deviceReadIops: [{ path: '/dev/sda', iops: 7 }],
      deviceWriteIops: [{ path: '/dev/sdb', iops: 8 }],
      deviceReadBytes: [{ path: '/dev/sda', bytesPerSecond: 2 ** 40 }],
      deviceWriteBytes: [{ path: '/dev/sdb', bytesPerSecond: 9 }],
    };
    await domain.setBlkioParameters(some);
    expect(await domain.blkioParameters()).to.deep.equal(some);
    await domain.setBlkioParameters({ weight: 600 });
    expect(await domain.blkioParameters()).to.deep.equal({ ...some, weight: 600 });
  });

  it('should pass the weights of devices as libvirt’s text', () => {
    const deviceWeights = [
      { path: '/dev/sda', weight: 500 },
      { path: '/dev/sdb', weight: 0 },
    ];
    expect(blkioArgument({ deviceWeights })).to.deep.equal(['device_weight', 7, '/dev/sda,500,/dev/sdb,0']);
  });

  it('should choose which perf events are counted', async () => {
    const { domain } = host;
    const before = await domain.perfEvents();
    expect(Object.keys(before)).to.include.members(['cmt', 'cpuCycles', 'pageFaultsMaj', 'emulationFaults']);
    expect(Object.values(before)).to.deep.equal(Object.keys(before).map(() => false));
    await domain.setPerfEvents({ cmt: true, pageFaultsMaj: true });
    await domain.setPerfEvents({ cmt: false });
    expect(await domain.perfEvents()).to.deep.equal({ ...before, pageFaultsMaj: true });
  });

  it('should refuse wrong arguments before libvirt is asked', async () => {
    const { domain, connection } = host;
    await connection.close();
    const wrong = [
      domain.schedulerType({ live: true } as never),
      domain.schedulerParameters({ current: true } as never),
      domain.setSchedulerParameters({ cpu_shares: 1 } as never),
      domain.setSchedulerParameters({ vcpuQuotaUs: 0.5 }),
      domain.setBlkioParameters({ weight: -1 }),
      domain.setBlkioParameters({ deviceWeights: '/dev/sda,500' as never }),
      domain.setBlkioParameters({ deviceWeights: [{ path: '/dev/a,b', weight: 1 }] }),
      domain.setBlkioParameters({ deviceWeights: [{ path: '/dev/a', iops: 1 } as never] }),
      domain.setBlkioParameters({ deviceReadIops: [{ path: '/dev/a' } as never] }),
      domain.setPerfEvents({ cmt: 1 as never }),
      domain.setPerfEvents({ cpu_cycles: true } as never),
    ];
    for (const error of await Promise.all(wrong.map(rejection)))
      expect(error).to.satisfy((it: unknown) => it instanceof TypeError || it instanceof RangeError);
  });
});
