import { expect } from 'chai';
import { openSync, closeSync } from 'node:fs';
import { Connection, type Domain } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';

type Call = (domain: Domain, fd: number) => Promise<unknown>;

/**
 * Functions that the test driver of the oldest libvirt up to that of the newest doesn't have. Their arguments pass
 * the addon's checks, which know libvirt's types, and reach libvirt.
 */
const refused: Readonly<Record<string, Call>> = {
  virDomainAbortJob: (domain) => domain.abortJob(),
  virDomainAgentSetResponseTimeout: (domain) => domain.setAgentResponseTimeout('default'),
  virDomainAuthorizedSSHKeysGet: (domain) => domain.authorizedSshKeys('root'),
  virDomainAuthorizedSSHKeysSet: (domain) => domain.setAuthorizedSshKeys('root', ['a'], { mode: 'append' }),
  virDomainBackupBegin: (domain) => domain.beginBackup('<domainbackup/>', { checkpointXml: '<x/>' }),
  virDomainBackupGetXMLDesc: (domain) => domain.backupXml(),
  virDomainBlockCommit: (domain) =>
    domain.blockCommit('vda', { base: 'vda[2]', top: 'vda[1]', delete: true }),
  virDomainBlockCopy: (domain) => domain.blockCopy('vda', '<disk/>', { granularityBytes: 512 }),
  virDomainBlockJobAbort: (domain) => domain.abortBlockJob('vda', { pivot: true }),
  virDomainBlockJobSetSpeed: (domain) => domain.setBlockJobSpeed('vda', 2 ** 40),
  virDomainBlockPull: (domain) => domain.blockPull('vda', { bandwidthBytesPerSecond: 1 }),
  virDomainBlockRebase: (domain) => domain.blockRebase('vda', { base: 'vda[1]', relative: true }),
  virDomainGetBlockJobInfo: (domain) => domain.blockJobInfo('vda'),
  virDomainGetGuestInfo: (domain) => domain.guestInfo({ os: true }),
  virDomainGetGuestVcpus: (domain) => domain.guestVcpus(),
  virDomainGetJobStats: (domain) => domain.jobStats({ completed: true, keepCompleted: true }),
  virDomainGetSecurityLabelList: (domain) => domain.securityLabels(),
  virDomainManagedSaveDefineXML: (domain) => domain.defineManagedSaveXml('<domain/>', { state: 'paused' }),
  virDomainManagedSaveGetXMLDesc: (domain) => domain.managedSaveXml({ secure: true }),
  virDomainMigrateGetCompressionCache: (domain) => domain.migrationCompressionCache(),
  virDomainMigrateGetMaxDowntime: (domain) => domain.migrationMaxDowntime(),
  virDomainMigrateGetMaxSpeed: (domain) => domain.migrationMaxSpeed({ postcopy: true }),
  virDomainMigrateSetCompressionCache: (domain) => domain.setMigrationCompressionCache(2 ** 26),
  virDomainMigrateSetMaxDowntime: (domain) => domain.setMigrationMaxDowntime(300),
  virDomainMigrateSetMaxSpeed: (domain) => domain.setMigrationMaxSpeed(10, { postcopy: true }),
  virDomainMigrateStartPostCopy: (domain) => domain.startPostCopy(),
  virDomainOpenGraphicsFD: (domain) => domain.openGraphicsFd(0, { skipAuth: true }),
  virDomainPMSuspendForDuration: (domain) => domain.pmSuspend('mem', { durationSeconds: 60n }),
  virDomainPMWakeup: (domain) => domain.pmWakeup(),
  virDomainQemuAgentCommand: (domain) => domain.qemuAgentCommand('{}', { agentTimeoutSeconds: 5 }),
  virDomainQemuMonitorCommand: (domain) => domain.qemuMonitorCommand('info version', { hmp: true }),
  virDomainSetGuestVcpus: (domain) => domain.setGuestVcpus([1, 3], false),
  ...(isAtLeast(8, 0) && {
    virDomainSetLaunchSecurityState: (domain: Domain) =>
      domain.setLaunchSecurityState({
        sevSecretHeader: 'aA==',
        sevSecret: 'aA==',
        sevSecretSetAddress: 2n ** 63n,
      }),
  }),
  ...(isAtLeast(8, 2) && {
    virDomainQemuMonitorCommandWithFiles: (domain: Domain, fd: number) =>
      domain.qemuMonitorCommandWithFiles('{}', [fd]),
  }),
  ...(isAtLeast(8, 4) && {
    virDomainSaveParams: (domain: Domain) =>
      domain.save('/nowhere', { xml: '<domain/>', imageFormat: 'sparse', parallelChannels: 2 }),
  }),
  ...(isAtLeast(8, 5) && {
    virDomainAbortJobFlags: (domain: Domain) => domain.abortJob({ postcopy: true }),
  }),
  ...(isAtLeast(9, 0) && {
    virDomainFDAssociate: (domain: Domain, fd: number) => domain.fdAssociate('disk', [fd, fd]),
  }),
  ...(isAtLeast(10, 2) && {
    virDomainGraphicsReload: (domain: Domain) => domain.graphicsReload({ type: 'vnc' }),
  }),
};

describe('calls that the test driver doesn’t have', () => {
  let connection: Connection;
  let domain: Domain;
  let fd: number;
  before(async () => {
    fd = openSync('/dev/null', 'r');
    connection = await Connection.open(ownTestHost);
    domain = await connection.lookupDomainByName('test');
  });
  after(async () => {
    closeSync(fd);
    await connection.close();
  });

  for (const [name, call] of Object.entries(refused)) {
    it(`should reach libvirt: ${name}`, async () => {
      const error = await rejection(call(domain, fd));
      // libvirt 7.0 asks first whether the driver passes descriptors.
      expect(error)
        .to.have.property('code')
        .that.matches(/^VIR_ERR_(NO_SUPPORT|ARGUMENT_UNSUPPORTED)$/);
      expect(error).to.include({ call: name });
    });
  }

  it('should be refused for what is not installed, with the version that is needed', async function () {
    if (isAtLeast(10, 2)) this.skip(); // then it is installed
    expect(await rejection(domain.graphicsReload()))
      .to.include({ code: 'VIR_ERR_NO_SUPPORT', call: 'virDomainGraphicsReload' })
      .and.to.have.property('message')
      .that.includes('this needs libvirt 10.2');
  });

  it('should be refused by other errors where libvirt looks at the arguments first', async () => {
    const migration = domain.migrateToUri('test:///default', { bandwidthMiBps: 1 }, { peer2peer: true });
    expect(await rejection(migration)).to.include({ code: 'VIR_ERR_ARGUMENT_UNSUPPORTED' });
    expect(await rejection(domain.migrateToUri(null, { uri: 'tcp://host' }))).to.have.property('code');
    expect(await rejection(domain.openGraphics(0, fd))).to.include({
      code: 'VIR_ERR_INVALID_ARG',
      call: 'virDomainOpenGraphics',
    });
    expect(await rejection(domain.create({ files: [fd] }))).to.have.property('code');
  });
});
