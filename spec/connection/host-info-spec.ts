import { expect } from 'chai';
import { hostname } from 'node:os';
import { Connection } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { installedVersion, isAtLeast } from '../support/installed/installed-libvirt.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { expectRejections, rejection } from '../support/rejection.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;
const testHost = 'test:///default';

describe('what a connection tells of its host', () => {
  let connection: Connection;
  before(async () => {
    connection = await Connection.open(testHost);
  });
  after(() => connection.close());

  it('should be the fixed hardware of the test host', async () => {
    expect(await connection.nodeInfo()).to.deep.equal({
      model: 'i686',
      memoryKiB: 3 * 1024 * 1024,
      cpus: 16,
      mhz: 1400,
      numaNodes: 2,
      socketsPerNode: 2,
      coresPerSocket: 2,
      threadsPerCore: 2,
    });
  });

  it('should be its name and its driver', async () => {
    expect(await connection.hostname()).to.equal(hostname());
    expect(await connection.hypervisorType()).to.equal('TEST');
    expect(await connection.hypervisorVersion()).to.equal('0.0.2');
    expect(await connection.libvirtVersion()).to.equal(installedVersion.join('.'));
  });

  it('should be the state of the connection', async () => {
    expect(await connection.isAlive()).to.equal(true);
    expect(await connection.isEncrypted()).to.equal(false);
    expect(await connection.isSecure()).to.equal(true);
  });

  it('should be XML of what it can do, and of its firmware', async () => {
    expect((await connection.capabilities()).trim()).to.equal(await virsh(testHost, 'capabilities'));
    expect((await connection.sysinfo()).trim()).to.equal(await virsh(testHost, 'sysinfo'));
  });

  it('should be how guests are kept apart', async function () {
    requireLibvirt(this, 9, 0);
    expect(await connection.securityModel()).to.deep.equal({ model: 'testSecurity', doi: '' });
  });

  it('should be refused where the test driver has no such function', async () => {
    const calls = {
      // The test driver of libvirt 11 has it.
      ...(!isAtLeast(10) && {
        virConnectGetDomainCapabilities: connection.domainCapabilities({
          emulator: '/usr/bin/qemu',
          arch: 'i686',
          machine: 'pc',
          virtType: 'test',
        }),
      }),
      virNodeGetSEVInfo: connection.sevInfo(),
      virNodeSuspendForDuration: connection.suspendFor('mem', 60),
      virConnectSetIdentity: connection.setIdentity({ userName: 'somebody', unixUserId: 2n ** 32n }),
    };
    for (const [call, promise] of Object.entries(calls))
      expect(await rejection(promise)).to.include({ code: 'VIR_ERR_NO_SUPPORT', call });
  });

  it('should not be asked for with wrong arguments', async () => {
    await expectRejections([
      [connection.domainCapabilities({ arch: wrong(64) }), TypeError, 'arch'],
      [connection.suspendFor(wrong('ram'), 60), TypeError, 'target'],
      [connection.suspendFor('disk', -1), RangeError, 'durationSeconds'],
      [connection.setIdentity(wrong({ user: 'somebody' })), TypeError, 'userName'],
      [connection.setIdentity({ unixUserId: -1 }), RangeError, 'unixUserId'],
      [connection.nodeInfo(wrong({ flags: 1 })), TypeError, 'flags'],
    ]);
  });
});

describe('what a connection tells of a host with QEMU', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(() => disposeAll(connection, host));

  it('should be what domains can have, for the arguments that are given', async () => {
    const pc = await connection.domainCapabilities({ virtType: 'qemu', arch: 'x86_64', machine: 'pc' });
    expect(pc)
      .to.include('<domain>qemu</domain>')
      .and.match(/<machine>pc-i440fx/);
    const emulator = /<path>(.*)<\/path>/.exec(pc)?.[1] ?? '';
    const q35 = await connection.domainCapabilities({ emulator, virtType: 'qemu', machine: 'q35' });
    expect(q35).to.match(/<machine>pc-q35/);
  });

  it('should be its hypervisor', async () => {
    expect(await connection.hypervisorType()).to.equal('QEMU');
    const version = await virsh(host.uri, 'version');
    expect(version).to.include(`QEMU ${await connection.hypervisorVersion()}`);
    expect(version).to.include(`libvirt ${await connection.libvirtVersion()}`);
  });

  it('should be its security model', async () => {
    expect(await connection.securityModel()).to.have.keys('model', 'doi');
  });

  it('should take an identity, with each of its fields', async () => {
    await connection.setIdentity({
      userName: 'somebody',
      unixUserId: 1000n,
      groupName: 'some',
      unixGroupId: 1000,
      processId: process.pid,
      processTime: 2n ** 60n,
      saslUserName: 'somebody@example.org',
      x509DistinguishedName: 'CN=somebody',
      selinuxContext: 'a:b:c',
    });
    expect(await connection.isAlive()).to.equal(true);
  });

  it('should refuse to sleep for less than a minute', async () => {
    const error = await rejection(connection.suspendFor('mem', 59));
    expect(error)
      .to.have.property('code')
      .that.is.oneOf(['VIR_ERR_INVALID_ARG', 'VIR_ERR_ARGUMENT_UNSUPPORTED']);
  });
});
