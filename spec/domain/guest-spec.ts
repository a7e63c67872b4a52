import { expect } from 'chai';
import { Connection, type Domain } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost, ownTestHostWithDisk } from '../support/test-host.js';

describe('the guest of a domain', () => {
  let connection: Connection;
  let domain: Domain;
  beforeEach(async () => {
    connection = await Connection.open(ownTestHost);
    domain = await connection.lookupDomainByName('test');
  });
  afterEach(() => connection.close());

  it('should have a name', async () => {
    expect(await domain.hostname()).to.equal('testhost');
  });

  it('should have a clock', async () => {
    // The clock of the test driver stands still, and takes what it is given without a change.
    expect(await domain.time()).to.deep.equal({ seconds: 627319920, nanoseconds: 0 });
    await domain.setTime({ seconds: 2 ** 40, nanoseconds: 999_999_999 });
    await domain.setTime({ seconds: -1 });
    await domain.setTime('rtc');
  });

  it('should have file systems, which freeze and thaw', async () => {
    const other = await Connection.open(ownTestHostWithDisk);
    const withDisk = await other.lookupDomainByName('test');
    expect(await domain.fsInfo()).to.deep.equal([]);
    expect(await withDisk.fsInfo()).to.deep.equal([
      { mountpoint: '/', name: 'vda1', type: 'ext4', devices: ['vda'] },
      { mountpoint: '/boot', name: 'vda2', type: 'ext4', devices: ['vda'] },
    ]);
    await other.close();
    expect(await domain.fsFreeze({ mountpoints: ['/'] })).to.equal(1);
    expect(await domain.fsFreeze()).to.equal(1);
    expect(await domain.fsThaw({ mountpoints: ['/', '/boot'] })).to.equal(2);
    expect(await domain.fsThaw()).to.equal(0);
    await domain.fsTrim();
    await domain.fsTrim({ mountpoint: '/boot', minimumBytes: 2 ** 40 });
    expect(await rejection(domain.fsTrim({ mountpoint: '/none' }))).to.include({
      code: 'VIR_ERR_OPERATION_INVALID',
    });
  });

  it('should get passwords, keys, signals and interrupts', async () => {
    await domain.setUserPassword('test', 'secret');
    await domain.setUserPassword('test', 'secret', { encrypted: true });
    await domain.sendKey([29, 56, 111], { codeset: 'linux', holdTimeMs: 50 });
    await domain.sendKey([4], { codeset: 'usb' });
    expect(await rejection(domain.sendKey([1], { codeset: 'usb' })))
      .to.have.property('message')
      .that.includes('usb');
    expect(await rejection(domain.sendKey(Array<number>(17).fill(1)))).to.include({
      code: 'VIR_ERR_INVALID_ARG',
    });
    await domain.injectNmi();
    await domain.sendProcessSignal(1, 'term');
    expect(await rejection(domain.sendProcessSignal(2, 'term'))).to.include({
      call: 'virDomainSendProcessSignal',
    });
    await domain.sendProcessSignal(1, 'rt32');
  });

  it('should have to run', async () => {
    await domain.destroy();
    for (const call of [
      domain.time(),
      domain.fsInfo(),
      domain.fsFreeze(),
      domain.setUserPassword('test', 'secret'),
      domain.sendKey([1]),
      domain.injectNmi(),
    ])
      expect(await rejection(call)).to.include({ code: 'VIR_ERR_OPERATION_INVALID' });
  });

  it('should have a domain that is well', async function () {
    requireLibvirt(this, 9, 0);
    expect(await domain.controlInfo()).to.have.keys('state', 'error', 'stateTimeMs');
    if (isAtLeast(7, 1)) expect(await domain.messages({ tainting: true })).to.deep.equal([]);
  });

  it('should have a domain whose definition says what happens when it crashes', async () => {
    await domain.setLifecycleAction('crash', 'coredump-restart', { live: true, config: true });
    await domain.setLifecycleAction('reboot', 'preserve', { live: true });
    await domain.setLifecycleAction('poweroff', 'rename-restart', { config: true });
    expect(await domain.xml())
      .to.include('<on_crash>coredump-restart</on_crash>')
      .and.to.include('<on_reboot>preserve</on_reboot>')
      .and.to.include('<on_poweroff>destroy</on_poweroff>');
    expect(await domain.xml({ inactive: true })).to.include('<on_poweroff>rename-restart</on_poweroff>');
  });
});
