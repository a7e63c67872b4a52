import { expect } from 'chai';
import { cpus } from 'node:os';
import { Connection } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { expectRejections, rejection } from '../support/rejection.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;
const cpuXml = (model: string, vendor = ''): string =>
  `<cpu><arch>x86_64</arch><model>${model}</model>${vendor && `<vendor>${vendor}</vendor>`}</cpu>`;

describe('the cpus of the test host', () => {
  let connection: Connection;
  before(async () => {
    connection = await Connection.open('test:///default');
  });
  after(() => connection.close());

  it('should be the fixed ones', async () => {
    expect(await connection.cpuMap()).to.deep.equal({ total: 8, online: [0, 2, 4] });
    expect(await connection.maxVcpus()).to.equal(32);
    expect(await connection.maxVcpus('test')).to.equal(32);
  });

  it('should have worked for nanoseconds', async () => {
    const { kernelNs = 0n, userNs = 0n, ...others } = await connection.cpuStats();
    expect(kernelNs > 10n ** 9n && userNs > 10n ** 9n).to.equal(true);
    expect(others).to.have.keys('idleNs', 'ioWaitNs');
    expect(await connection.cpuStats({ cpu: 0 })).to.have.keys('kernelNs', 'userNs', 'idleNs', 'ioWaitNs');
  });

  it('should have models that libvirt knows', async () => {
    const names = await connection.cpuModelNames('x86_64');
    expect(names.join('\n')).to.equal(await virsh('test:///default', 'cpu-models', 'x86_64'));
    expect(names).to.include('qemu64');
    expect(await connection.cpuModelNames('ppc64')).to.include('POWER8');
  });

  it('should have a cpu in common that others can act as', async () => {
    const both = [cpuXml('Penryn'), cpuXml('qemu64')];
    const baseline = await connection.baselineCpu(both);
    expect(baseline).to.match(/<model fallback='\w+'>/);
    expect(baseline).not.to.include("<feature policy='require' name='sse2'/>");
    expect(await connection.baselineCpu(both, { expandFeatures: true })).to.include(
      "<feature policy='require' name='sse2'/>",
    );
  });

  it('should be refused where the test driver has no such function', async () => {
    const hypervisor = { emulator: '/usr/bin/qemu', arch: 'x86_64', machine: 'pc', virtType: 'qemu' };
    const calls = {
      virConnectCompareCPU: connection.compareCpu(cpuXml('qemu64'), { validateXml: true }),
      virConnectCompareHypervisorCPU: connection.compareHypervisorCpu(cpuXml('qemu64'), hypervisor),
      virConnectBaselineHypervisorCPU: connection.baselineHypervisorCpu([cpuXml('qemu64')], hypervisor),
    };
    for (const [call, promise] of Object.entries(calls))
      expect(await rejection(promise)).to.include({ code: 'VIR_ERR_NO_SUPPORT', call });
  });

  it('should not be asked for with wrong arguments', async () => {
    await expectRejections([
      [connection.cpuStats({ cpu: -1 }), RangeError, 'cpu'],
      [connection.cpuModelNames(wrong(64)), TypeError, 'arch'],
      [connection.maxVcpus(wrong(1)), TypeError, 'type'],
      [connection.compareCpu(wrong(undefined)), TypeError, 'xml'],
      [connection.compareCpu(cpuXml('qemu64'), wrong({ validate: true })), TypeError, 'validate'],
      [connection.baselineCpu(wrong(cpuXml('qemu64'))), TypeError, 'xmls'],
      [connection.baselineHypervisorCpu([wrong(1)]), TypeError, 'xmls[0]'],
      [connection.compareHypervisorCpu(cpuXml('a'), { arch: wrong(1) }), TypeError, 'arch'],
    ]);
  });
});

describe('the cpus of a real host', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let own: string;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
    own = /<cpu>.*?<\/cpu>/s.exec(await connection.capabilities())?.[0] ?? '';
  });
  after(() => disposeAll(connection, host));

  it('should be those that the system has', async () => {
    const { total, online } = await connection.cpuMap();
    expect(online).to.have.lengthOf(cpus().length);
    expect(total).to.be.at.least(online.length);
    expect(await connection.maxVcpus('qemu')).to.be.at.least(1);
  });

  it('should have worked, each less than all together', async () => {
    const one = await connection.cpuStats({ cpu: 0 });
    const all = await connection.cpuStats();
    expect(one.userNs).to.be.a('bigint');
    expect((all.userNs ?? 0n) >= (one.userNs ?? 1n)).to.equal(true);
    expect(await rejection(connection.cpuStats({ cpu: 100_000 }))).to.include({
      code: 'VIR_ERR_INVALID_ARG',
      call: 'virNodeGetCPUStats',
    });
  });

  it('should compare with others', async () => {
    expect(await connection.compareCpu(own)).to.be.oneOf(['identical', 'superset']);
    const foreign = cpuXml('486', own.includes('<vendor>AMD') ? 'Intel' : 'AMD');
    expect(await connection.compareCpu(foreign)).to.equal('incompatible');
    expect(await rejection(connection.compareCpu(foreign, { failIncompatible: true }))).to.include({
      code: 'VIR_ERR_CPU_INCOMPATIBLE',
    });
    expect(
      await connection.compareCpu(own, { validateXml: true }).catch((error: unknown) => error),
    ).to.satisfy(
      (answer: unknown) => answer === 'superset' || answer === 'identical' || isSchemaError(answer),
    );
  });

  it('should compare what a hypervisor can give', async function () {
    requireLibvirt(this, 9, 0);
    const tcg = { virtType: 'qemu', arch: 'x86_64' };
    expect(await connection.compareHypervisorCpu(cpuXml('qemu64'), tcg)).to.be.oneOf([
      'identical',
      'superset',
    ]);
    const impossible = cpuXml('qemu64').replace(
      '</cpu>',
      "<feature policy='require' name='amx-tile'/></cpu>",
    );
    expect(await connection.compareHypervisorCpu(impossible, tcg)).to.equal('incompatible');
    const baseline = await connection.baselineHypervisorCpu([cpuXml('qemu64')], { ...tcg, migratable: true });
    expect(baseline).to.include('>qemu64</model>');
  });
});

/** The host's own description is not made for the schema of all versions. */
const isSchemaError = (answer: unknown): boolean =>
  (answer as { code?: unknown } | undefined)?.code === 'VIR_ERR_XML_INVALID_SCHEMA';
