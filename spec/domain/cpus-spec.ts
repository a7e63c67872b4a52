import { expect } from 'chai';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { rejection } from '../support/rejection.js';
import { tunedHost } from '../support/tuned-host.js';

const all = [0, 1, 2, 3, 4, 5, 6, 7]; // the test driver's host

describe('the cpus of a domain', () => {
  const host = tunedHost();

  it('should be counted and set', async () => {
    const { domain } = host;
    expect(await domain.vcpuCount()).to.equal(2);
    await domain.setVcpuCount(1);
    expect(await domain.vcpuCount()).to.equal(1);
    expect(await domain.vcpuCount({ maximum: true })).to.equal(2);
    await domain.setVcpuCount(4, { maximum: true, config: true });
    expect(await domain.vcpuCount({ maximum: true, config: true })).to.equal(4);
    expect(await domain.vcpuCount({ maximum: true, live: true })).to.equal(2);
  });

  it('should have used time', async () => {
    const total = await host.domain.cpuStats();
    const each = await host.domain.perCpuStats();
    expect(total).to.deep.equal({
      cpuTimeNs: 48_772_617_035n,
      userTimeNs: 5_540_000_000n,
      systemTimeNs: 6_460_000_000n,
    });
    expect(each).to.have.lengthOf(2);
    expect(each.reduce((sum, { cpuTimeNs = 0n }) => sum + cpuTimeNs, 0n)).to.equal(total.cpuTimeNs);
    expect(each[1]).to.deep.equal({ cpuTimeNs: 24_386_308_518n, vcpuTimeNs: 23_151_740_628n });
  });

  it('should be described one by one', async () => {
    await host.domain.pinVcpu(1, [1, 3]);
    const vcpus = await host.domain.vcpus();
    expect(vcpus.map(({ number, state, usableCpus }) => ({ number, state, usableCpus }))).to.deep.equal([
      { number: 0, state: 'running', usableCpus: all },
      { number: 1, state: 'running', usableCpus: [1, 3] },
    ]);
    for (const { cpu, cpuTimeNs } of vcpus) {
      expect(cpu).to.be.a('number').that.is.at.least(0);
      expect(cpuTimeNs > 0n).to.equal(true);
    }
  });

  it('should be described also when there are fewer than there can be', async () => {
    await host.domain.setVcpuCount(1);
    expect(await host.domain.vcpus()).to.have.lengthOf(1);
    expect(await host.domain.vcpuPins()).to.have.lengthOf.within(1, 2);
  });

  it('should be pinned to cpus of the host', async () => {
    const { domain } = host;
    expect(await domain.vcpuPins()).to.deep.equal([all, all]);
    await domain.pinVcpu(0, [7, 0]);
    expect(await domain.vcpuPins({ live: true })).to.deep.equal([[0, 7], all]);
  });

  it('should leave cpus of the host to the emulator', async () => {
    const { domain } = host;
    expect(await domain.emulatorPin()).to.deep.equal(all);
    await domain.pinEmulator([1, 2]);
    expect(await domain.emulatorPin()).to.deep.equal([1, 2]);
  });

  it('should have I/O threads beside them', async function () {
    requireLibvirt(this, 9, 0);
    const { domain } = host;
    expect(await domain.ioThreads()).to.deep.equal([]);
    await domain.addIoThread(3);
    await domain.addIoThread(8);
    await domain.pinIoThread(3, [1]);
    await domain.setIoThreadParameters(3, { pollMaxNs: 5000, pollGrow: 2, pollShrink: 3 });
    const threads = await domain.ioThreads();
    expect(threads.map(({ id }) => id)).to.deep.equal([3, 8]);
    expect(threads[0]?.cpus).to.deep.equal([1]);
    await domain.deleteIoThread(3);
    expect((await domain.ioThreads()).map(({ id }) => id)).to.deep.equal([8]);
  });

  it('should be told within a timeout, and until a signal aborts', async () => {
    const { domain } = host;
    expect(await domain.vcpus({ timeout: 60_000 })).to.have.lengthOf(2);
    expect(await domain.vcpuPins({ timeout: 60_000, live: true })).to.have.lengthOf(2);
    const reason = new Error('not now');
    const signal = AbortSignal.abort(reason);
    const asked = [domain.vcpus({ signal }), domain.vcpuPins({ signal }), domain.emulatorPin({ signal })];
    expect(await Promise.all(asked.map(rejection))).to.deep.equal([reason, reason, reason]);
  });

  it('should refuse wrong arguments before libvirt is asked', async () => {
    const { domain, connection } = host;
    await connection.close();
    const wrong = [
      domain.setVcpuCount(-1),
      domain.vcpuCount({ asyncUnplug: true } as never),
      domain.setVcpusEnabled([-1], true),
      domain.setVcpusEnabled([1], 'yes' as never),
      domain.vcpus({ live: true } as never),
      domain.vcpuPins({ maximum: true } as never),
      domain.pinVcpu(0, 'all' as never),
      domain.pinVcpu(-1, [0]),
      domain.pinEmulator([0.5]),
      domain.emulatorPin({ live: 'yes' as never }),
      domain.addIoThread(-1),
      domain.pinIoThread(1, [-1]),
      domain.setIoThreadParameters(1, { pollMaxNs: -1 }),
      domain.startDirtyRateCalc(0.5),
      domain.startDirtyRateCalc(1, { mode: 'all' as never }),
    ];
    for (const error of await Promise.all(wrong.map(rejection)))
      expect(error).to.satisfy((it: unknown) => it instanceof TypeError || it instanceof RangeError);
  });
});
