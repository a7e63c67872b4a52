import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { Connection } from '../../lib/index.js';
import { BesideVirsh } from '../support/virsh/beside-virsh.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import type { VirshEvent } from '../support/virsh/virsh-event-lines.js';
import { virsh } from '../support/virsh/virsh.js';

const subjectAndWords = ({ subject, type, words }: VirshEvent): string =>
  `${subject} ${type} ${words}`.trim();
/** Each event once, because the BIOS also resets the machine by itself. */
const kinds = (seen: readonly VirshEvent[]): string[] => [...new Set(seen.map(subjectAndType))];
const subjectAndType = ({ subject, type }: VirshEvent): string => `${subject} ${type}`;

describe('rxvirt beside virsh, filtered on QEMU', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let wanted: Guest;
  let other: Guest;
  let domain: { readonly uuid: string };
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
    wanted = new Guest(host, 'wanted');
    other = new Guest(host, 'other');
    for (const guest of [wanted, other]) await guest.createPaused();
    domain = await connection.lookupDomainByName('wanted');
  });
  after(() => disposeAll(connection, host));
  showLogOnFailure(() => host);

  /**
   * Changes the other domain first. So if its events passed the filter, they would come before the last expected
   * event.
   */
  async function resetAndRunBoth(): Promise<void> {
    for (const guest of [other, wanted])
      for (const command of ['reset', 'resume', 'suspend']) await guest.virsh(command);
  }

  it('should see the events of one domain', async () => {
    await using lifecycle = await BesideVirsh.start(
      host.uri,
      { category: 'domain', type: 'lifecycle', filter: ['--domain', 'wanted'] },
      (options) => connection.domainEvents('lifecycle', { domain, ...options }),
    );
    await using reboot = await BesideVirsh.start(
      host.uri,
      { category: 'domain', type: 'reboot', filter: ['--domain', 'wanted'] },
      (options) => connection.domainEvents('reboot', { domain, ...options }),
    );
    await resetAndRunBoth();
    const seen = await lifecycle.upTo(({ words }) => words === 'Suspended Paused');
    expect(seen.rxvirt).to.deep.equal(seen.virsh);
    expect(seen.rxvirt.map(subjectAndWords)).to.deep.equal([
      'wanted lifecycle Resumed Unpaused',
      'wanted lifecycle Suspended Paused',
    ]);
    const reboots = await reboot.upTo(() => true);
    expect(reboots.rxvirt).to.deep.equal(reboots.virsh);
    expect(reboots.rxvirt.map(subjectAndWords)).to.deep.equal(['wanted reboot']);
  });

  const both = (...types: string[]): string[] =>
    ['other', 'wanted'].flatMap((name) => types.map((type) => `${name} ${type}`));

  for (const [what, event, filter, seen] of [
    ['of one name', 'RESET', ['--event', 'RESET'], both('RESET')],
    ['that match a pattern', /^RES/, ['--event', '^RES', '--regex'], both('RESET', 'RESUME')],
    ['that match in any case', /^st?op$/i, ['--event', '^st?op$', '--regex', '--no-case'], both('STOP')],
  ] as const) {
    it(`should see QEMU's monitor events ${what}`, async () => {
      await using monitor = await BesideVirsh.start(
        host.uri,
        { category: 'qemu-monitor', filter },
        (options) => connection.qemuMonitorEvents({ event, ...options }),
      );
      await resetAndRunBoth();
      const heard = await monitor.upTo((last) => subjectAndType(last) === seen.at(-1));
      expect(heard.rxvirt).to.deep.equal(heard.virsh);
      expect(kinds(heard.rxvirt)).to.deep.equal(seen);
    });
  }

  it('should see the monitor events of one domain', async () => {
    await using monitor = await BesideVirsh.start(
      host.uri,
      { category: 'qemu-monitor', filter: ['--domain', 'wanted'] },
      (options) => connection.qemuMonitorEvents({ domain, ...options }),
    );
    await resetAndRunBoth();
    const heard = await monitor.upTo(({ type }) => type === 'STOP');
    expect(heard.rxvirt).to.deep.equal(heard.virsh);
    expect(kinds(heard.rxvirt)).to.deep.equal(['wanted RESET', 'wanted RESUME', 'wanted STOP']);
  });

  it('should see the events of one network', async () => {
    const uuids = { other: randomUUID(), wanted: randomUUID() };
    for (const [name, uuid] of Object.entries(uuids)) {
      const xml = `<network><name>${name}</name><uuid>${uuid}</uuid><forward mode="bridge"/><bridge name="none"/></network>`;
      await virsh(host.uri, 'net-define', host.directory.writeFile(`${name}.xml`, xml));
    }
    await using networks = await BesideVirsh.start(
      host.uri,
      { category: 'network', filter: ['--network', 'wanted'] },
      (options) => connection.networkEvents('lifecycle', { network: { uuid: uuids.wanted }, ...options }),
    );
    await virsh(host.uri, 'net-start other; net-destroy other; net-start wanted; net-destroy wanted');
    const seen = await networks.upTo(({ subject, words }) => subject === 'wanted' && words === 'Stopped');
    expect(seen.rxvirt).to.deep.equal(seen.virsh);
    expect(seen.rxvirt.map(subjectAndWords)).to.deep.equal([
      'wanted lifecycle Started',
      'wanted lifecycle Stopped',
    ]);
  });

  it('should see the events of one storage pool', async () => {
    const uuids = { other: randomUUID(), wanted: randomUUID() };
    for (const [name, uuid] of Object.entries(uuids)) {
      const path = host.directory.makeDirectory(`pool-${name}`);
      const xml = `<pool type="dir"><name>${name}</name><uuid>${uuid}</uuid><target><path>${path}</path></target></pool>`;
      await virsh(host.uri, 'pool-define', host.directory.writeFile(`${name}.xml`, xml));
      await virsh(host.uri, 'pool-start', name);
    }
    await using pools = await BesideVirsh.start(
      host.uri,
      { category: 'storage-pool', type: 'refresh', filter: ['--pool', 'wanted'] },
      (options) => connection.storagePoolEvents('refresh', { pool: { uuid: uuids.wanted }, ...options }),
    );
    await virsh(host.uri, 'pool-refresh other; pool-refresh wanted');
    const seen = await pools.upTo(({ subject }) => subject === 'wanted');
    expect(seen.rxvirt).to.deep.equal(seen.virsh);
    expect(seen.rxvirt.map(subjectAndWords)).to.deep.equal(['wanted refresh']);
  });

  it('should see the events of one secret', async () => {
    const [otherUuid, wantedUuid] = [randomUUID(), randomUUID()];
    for (const uuid of [otherUuid, wantedUuid]) {
      const usage = `<usage type="volume"><volume>/${uuid}</volume></usage>`;
      const xml = `<secret ephemeral="yes" private="no"><uuid>${uuid}</uuid>${usage}</secret>`;
      await virsh(host.uri, 'secret-define', host.directory.writeFile('secret.xml', xml));
    }
    await using secrets = await BesideVirsh.start(
      host.uri,
      { category: 'secret', filter: ['--secret', wantedUuid] },
      (options) => connection.secretEvents('lifecycle', { secret: { uuid: wantedUuid }, ...options }),
    );
    await virsh(host.uri, `secret-undefine ${otherUuid}; secret-undefine ${wantedUuid}`);
    const seen = await secrets.upTo(({ subject }) => subject === wantedUuid);
    expect(seen.rxvirt).to.deep.equal(seen.virsh);
    expect(seen.rxvirt.map(subjectAndWords)).to.deep.equal([`${wantedUuid} lifecycle Undefined`]);
  });
});
