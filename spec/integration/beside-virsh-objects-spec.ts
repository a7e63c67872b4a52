import { expect } from 'chai';
import { Connection } from '../../lib/index.js';
import { filter } from 'rxjs';
import { BesideVirsh, type VirshChoice } from '../support/virsh/beside-virsh.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { hostProvocations } from '../support/qemu/provoke-host-objects.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';
import { virsh } from '../support/virsh/virsh.js';

const beside = (uri: string, connection: Connection, choice: VirshChoice): Promise<BesideVirsh> =>
  BesideVirsh.start(uri, choice, (options) =>
    connection
      .events({ categories: [choice.category], ...options })
      .pipe(filter(({ type }) => choice.type === undefined || type === choice.type)),
  );

describe('rxvirt beside virsh, networks, pools and secrets of QEMU’s daemon', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(() => disposeAll(connection, host));
  showLogOnFailure(() => host);

  for (const { category, type, how, words, provoke } of hostProvocations) {
    it(`should see ${type} of a ${category} when ${how}`, async () => {
      await using both = await beside(host.uri, connection, { category, type });
      const subject = await provoke(host, `beside-${category}`);
      const seen = await both.upTo((event) => event.words === words.at(-1));
      expect(seen.rxvirt).to.deep.equal(seen.virsh);
      expect(seen.rxvirt).to.deep.equal(
        words.map((expected) => ({ category, type, subject, words: expected, details: [] })),
      );
    });
  }
});

const deviceXml =
  "<device><parent>scsi_host1</parent><capability type='scsi_host'><capability type='fc_host'>" +
  '<wwnn>2000000012341234</wwnn><wwpn>1000000012341234</wwpn></capability></capability></device>';
const poolXml = "<pool type='dir'><name>pool1</name><target><path>/pool1</path></target></pool>";
const networkXml = '<network><name>net1</name></network>';

/** Actions on libvirt's test driver, and the events that both rxvirt and virsh should report, as type and words. */
const testDriverSteps = [
  {
    category: 'domain',
    commands: () => 'suspend test; desc test --live --title words; resume test; destroy test; start test',
    seen: [
      'lifecycle Suspended Paused',
      'metadata-change type title, uri <null>',
      'lifecycle Resumed Unpaused',
      'lifecycle Stopped Destroyed',
      'lifecycle Started Booted',
    ],
  },
  {
    category: 'network',
    type: 'lifecycle',
    xml: networkXml,
    commands: (path) => `net-define ${path}; net-start net1; net-destroy net1; net-undefine net1`,
    seen: ['Defined', 'Started', 'Stopped', 'Undefined'].map((word) => `lifecycle ${word}`),
  },
  {
    category: 'storage-pool',
    type: 'lifecycle',
    xml: poolXml,
    commands: (path) =>
      `pool-define ${path}; pool-build pool1; pool-start pool1; pool-destroy pool1; pool-delete pool1; pool-undefine pool1`,
    seen: ['Defined', 'Created', 'Started', 'Stopped', 'Deleted', 'Undefined'].map(
      (word) => `lifecycle ${word}`,
    ),
  },
  {
    category: 'storage-pool',
    type: 'refresh',
    commands: () => 'pool-refresh default-pool',
    seen: ['refresh '],
  },
  {
    category: 'node-device',
    type: 'lifecycle',
    xml: deviceXml,
    commands: (path) => `nodedev-create ${path}; nodedev-destroy scsi_host12`,
    seen: ['lifecycle Created', 'lifecycle Deleted'],
  },
] as const satisfies readonly (VirshChoice & {
  xml?: string;
  commands: (path: string) => string;
  seen: readonly string[];
})[];

describe('rxvirt beside virsh, events of libvirt’s test driver', () => {
  let libvirtd: PrivateLibvirtd;
  let connection: Connection;
  before(async () => {
    libvirtd = await PrivateLibvirtd.start();
    connection = await Connection.open(libvirtd.uri);
  });
  after(() => disposeAll(connection, libvirtd));
  showLogOnFailure(() => libvirtd);

  for (const step of testDriverSteps) {
    const { category, commands, seen } = step;
    const choice = 'type' in step ? { category, type: step.type } : { category };
    it(`should see ${choice.type ?? 'all'} events of a ${category}`, async () => {
      await using both = await beside(libvirtd.uri, connection, choice);
      const path = libvirtd.directory.writeFile('object.xml', 'xml' in step ? step.xml : '');
      await virsh(libvirtd.uri, commands(path));
      const { rxvirt, virsh: printed } = await both.upTo(
        ({ type, words }) => `${type} ${words}` === seen.at(-1),
      );
      expect(rxvirt).to.deep.equal(printed);
      expect(rxvirt.map(({ type, words }) => `${type} ${words}`)).to.deep.equal(seen);
    });
  }
});
