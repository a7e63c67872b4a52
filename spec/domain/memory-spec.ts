import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { tunedHost } from '../support/tuned-host.js';

const noLimit = Number.MAX_SAFE_INTEGER;

describe('the memory of a domain', () => {
  const host = tunedHost();

  it('should be set and read, in KiB', async () => {
    const { domain } = host;
    expect(await domain.maxMemory()).to.equal(8_388_608);
    await domain.setMemory(1_048_576);
    const { maxMemoryKiB, memoryKiB } = await domain.info();
    expect({ maxMemoryKiB, memoryKiB }).to.deep.equal({ maxMemoryKiB: 8_388_608, memoryKiB: 1_048_576 });
  });

  it('should have its greatest size set apart, in the definition', async () => {
    const { domain } = host;
    await domain.setMemory(4_194_304, { maximum: true, config: true });
    expect(await domain.xml({ inactive: true })).to.include("<memory unit='KiB'>4194304</memory>");
    expect(await domain.xml()).to.include("<memory unit='KiB'>8388608</memory>");
  });

  it('should have statistics', async () => {
    const { domain } = host;
    const stats = await domain.memoryStats();
    // The test driver derives all sizes from the balloon.
    expect(stats).to.include({
      actualBalloonKiB: 2_097_152,
      availableKiB: 2_097_152,
      unusedKiB: 1_048_576,
      usableKiB: 1_048_576,
      rssKiB: 1_048_576,
      diskCachesKiB: 262_144,
      lastUpdateSeconds: 627_319_920,
      swapInKiB: 0,
      swapOutKiB: 0,
      majorFaults: 0n,
      minorFaults: 0n,
      hugePagesAllocated: 0n,
      hugePagesFailed: 0n,
    });
    expect(Object.keys(stats)).to.have.lengthOf(13);
  });

  it('should have a period for its statistics', async () => {
    const { domain } = host;
    await domain.setMemoryStatsPeriod(7);
    expect(await domain.xml()).to.include("<stats period='7'/>");
  });

  it('should be read as bytes', async () => {
    const bytes = await host.domain.memoryPeek(3n, 5, { addresses: 'virtual' });
    // The test driver's memory has the numbers from 0.
    expect([...bytes]).to.deep.equal([3, 4, 5, 6, 7]);
    expect(await host.domain.memoryPeek(0, 0)).to.have.lengthOf(0);
  });

  it('should have limits, of which those that are not given stay', async () => {
    const { domain } = host;
    await domain.setMemoryParameters({ hardLimitKiB: 4_194_304 });
    await domain.setMemoryParameters({ softLimitKiB: 2_097_152 });
    const expected = { hardLimitKiB: 4_194_304, softLimitKiB: 2_097_152, swapHardLimitKiB: noLimit };
    expect(await domain.memoryParameters()).to.deep.equal(expected);
    expect(await domain.memoryParameters({ config: true })).to.not.deep.equal(expected);
  });

  it('should come from NUMA nodes', async () => {
    const { domain } = host;
    expect(await domain.numaParameters()).to.deep.equal({ mode: 'strict', nodes: [] });
    await domain.setNumaParameters({ mode: 'interleave', nodes: [0, 1, 2, 5] });
    expect(await domain.numaParameters()).to.deep.equal({ mode: 'interleave', nodes: [0, 1, 2, 5] });
    await domain.setNumaParameters({ nodes: [3] });
    expect(await domain.numaParameters()).to.deep.equal({ mode: 'interleave', nodes: [3] });
  });

  it('should refuse wrong arguments before libvirt is asked', async () => {
    const { domain, connection } = host;
    await connection.close();
    const wrong = [
      domain.setMemory(-1),
      domain.setMemory('1' as never),
      domain.setMemoryStatsPeriod(-1),
      domain.memoryPeek(-1, 5),
      domain.memoryPeek(0, 5 << 20),
      domain.memoryPeek(0, 1, { addresses: 'real' as never }),
      domain.setMemoryParameters({ hardLimitKiB: 0.5 }),
      domain.setMemoryParameters({ hard_limit: 1 } as never),
      domain.setNumaParameters({ mode: 'unknown' as never }),
      domain.setNumaParameters({ nodes: [-1] }),
      domain.setNumaParameters({ node: [1] } as never),
      domain.memoryParameters({ live: 1 as never }),
      domain.memoryParameters({ maximum: true } as never),
    ];
    for (const error of await Promise.all(wrong.map(rejection)))
      expect(error).to.satisfy((it: unknown) => it instanceof TypeError || it instanceof RangeError);
  });
});
