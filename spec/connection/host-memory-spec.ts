import { expect } from 'chai';
import { totalmem } from 'node:os';
import { Connection } from '../../lib/index.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { expectRejections, rejection } from '../support/rejection.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;

describe('the memory of the test host', () => {
  let connection: Connection;
  before(async () => {
    connection = await Connection.open('test:///default');
  });
  after(() => connection.close());

  it('should be free, in all and in each NUMA node', async () => {
    const [first = 0, second = 0, ...others] = await connection.freeMemoryOfCells({ cells: 2 });
    expect(others).to.deep.equal([]);
    expect(first).to.be.above(0).and.not.equal(second);
    expect(await connection.freeMemoryOfCells()).to.deep.equal([first]);
    expect(await connection.freeMemoryOfCells({ firstCell: 1 })).to.deep.equal([second]);
    expect(await connection.freeMemoryBytes()).to.be.above(0);
    // There are two.
    expect(await connection.freeMemoryOfCells({ cells: 9 })).to.deep.equal([first, second]);
    expect(await rejection(connection.freeMemoryOfCells({ firstCell: 7 }))).to.include({
      call: 'virNodeGetCellsFreeMemory',
    });
  });

  it('should be free in pages of the sizes that are asked for, in each NUMA node', async () => {
    const pages = await connection.freePages([4, 2048], { cells: 2 });
    expect(pages.map((sizes) => sizes.map(({ pageKiB }) => pageKiB))).to.deep.equal([
      [4, 2048],
      [4, 2048],
    ]);
    const counts = pages.flat().map(({ count }) => count);
    expect(new Set(counts)).to.have.lengthOf(4);
    expect(Math.min(...counts)).to.be.above(0);
  });

  it('should be refused where the test driver has no such function', async () => {
    const calls = {
      virNodeGetMemoryStats: connection.memoryStats({ cell: 1 }),
      virNodeGetMemoryParameters: connection.memoryParameters(),
      virNodeSetMemoryParameters: connection.setMemoryParameters({ pagesToScan: 1, mergeAcrossNodes: 0 }),
      virNodeAllocPages: connection.allocPages([{ pageKiB: 2048, count: 1 }], { firstCell: 0, set: true }),
    };
    for (const [call, promise] of Object.entries(calls))
      expect(await rejection(promise)).to.include({ code: 'VIR_ERR_NO_SUPPORT', call });
  });

  it('should not be asked for with wrong arguments', async () => {
    await expectRejections([
      [connection.freeMemoryOfCells({ firstCell: -1 }), RangeError, 'firstCell'],
      [connection.freeMemoryOfCells({ cells: 0 }), RangeError, 'cells'],
      [connection.memoryStats({ cell: -2 }), RangeError, 'cell'],
      [connection.freePages(wrong(4)), TypeError, 'pageSizesKiB'],
      [connection.freePages([4], { cells: 2 ** 20 }), RangeError, 'cells'],
      [connection.allocPages([{ pageKiB: 4, count: -1 }]), RangeError, 'count'],
      [connection.allocPages([{ pageKiB: 4, count: 1 }], wrong({ add: true })), TypeError, 'add'],
      [connection.setMemoryParameters(wrong({ pagesShared: 1 })), TypeError, 'pagesShared'],
      [connection.setMemoryParameters({ sleepMs: 2 ** 32 }), RangeError, 'sleepMs'],
    ]);
  });
});

describe('the memory of a real host', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(() => disposeAll(connection, host));

  it('should be as much as the system says', async () => {
    const stats = await connection.memoryStats();
    const { totalKiB, freeKiB, buffersKiB = -1, cachedKiB = -1 } = stats;
    expect(totalKiB).to.equal(totalmem() / 1024);
    expect(freeKiB).to.be.within(1, totalKiB);
    expect(buffersKiB + cachedKiB).to.be.within(1, totalKiB);
    expect(await connection.freeMemoryBytes()).to.be.within(1, totalmem());
  });

  it('should be counted by NUMA node', async () => {
    const { totalKiB, freeKiB, ...others } = await connection.memoryStats({ cell: 0 });
    expect(freeKiB).to.be.within(1, totalKiB);
    expect(others).to.deep.equal({});
    const { numaNodes } = await connection.nodeInfo();
    expect(await connection.freeMemoryOfCells({ cells: 1024 })).to.have.lengthOf(numaNodes);
  });

  it('should be free in pages, and only in NUMA nodes that there are', async () => {
    const { numaNodes } = await connection.nodeInfo();
    const pages = await connection.freePages([4, 2048], { cells: numaNodes + 1 });
    expect(pages).to.have.lengthOf(numaNodes);
    expect(pages[0]?.map(({ pageKiB }) => pageKiB)).to.deep.equal([4, 2048]);
    expect(pages[0]?.[0]?.count).to.be.above(0);
    expect(await connection.freePages([4], { firstCell: -1 })).to.have.lengthOf(1);
  });

  it('should be shared as virsh says', async function () {
    let parameters;
    try {
      parameters = await connection.memoryParameters();
    } catch {
      this.skip(); // a kernel without KSM
    }
    const printed = await virsh(host.uri, 'node-memory-tune');
    expect(printed).to.match(new RegExp(`shm_pages_to_scan +${parameters.pagesToScan}\\b`));
    expect(printed).to.match(new RegExp(`shm_sleep_millisecs +${parameters.sleepMs}\\b`));
    expect(parameters.fullScans).to.be.a('bigint');
    // The daemon has no privileges.
    const { pagesToScan } = parameters;
    expect(await rejection(connection.setMemoryParameters({ pagesToScan }))).to.include({
      code: 'VIR_ERR_SYSTEM_ERROR',
      call: 'virNodeSetMemoryParameters',
    });
  });

  it('should give no pages to a daemon without privileges', async () => {
    const error = await rejection(connection.allocPages([{ pageKiB: 2048, count: 1 }], { set: true }));
    expect(error).to.include({ call: 'virNodeAllocPages' });
  });
});
