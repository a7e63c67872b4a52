import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { writeFile } from 'node:fs/promises';
import { Connection, type LibvirtEvent } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';

const uuid = 'c0ffee00-0000-4000-8000-000000000001';
const networkXml = `<network><name>net1</name><uuid>${uuid}</uuid><ip address='192.0.2.1' netmask='255.255.255.0'/></network>`;
const poolXml = `<pool type='dir'><name>pool1</name><uuid>${uuid}</uuid><target><path>/pool1</path></target></pool>`;
const deviceXml =
  "<device><parent>scsi_host1</parent><capability type='scsi_host'><capability type='fc_host'>" +
  '<wwnn>2000000012341234</wwnn><wwpn>1000000012341234</wwpn></capability></capability></device>';

/** The category and the type of an event, what happened, and to which object. */
function gist(event: LibvirtEvent): string {
  const words: string[] = [event.category, event.type];
  if ('event' in event) words.push(event.event);
  if (event.category === 'network') words.push(event.network.name, event.network.uuid);
  if (event.category === 'storage-pool') words.push(event.storagePool.name, event.storagePool.uuid);
  return words.join(' ');
}

describe('events of a real libvirtd with libvirt’s test driver', () => {
  let libvirtd: PrivateLibvirtd;
  let connection: Connection;
  let listener: Listener<LibvirtEvent>;

  before(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });

  after(() => libvirtd.stop());

  beforeEach(async () => {
    connection = await Connection.open(libvirtd.uri);
    listener = await Listener.on((options) => connection.events(options));
  });

  afterEach(() => connection.close());

  const virsh = async (...commands: readonly string[]): Promise<void> => {
    await promisify(execFile)('virsh', ['-c', libvirtd.uri, commands.join('; ')]);
  };
  const file = (name: string, text: string): Promise<string> => {
    const path = libvirtd.directory.join(name);
    return writeFile(path, text).then(() => path);
  };

  it('should be those of a network', async () => {
    const path = await file('net.xml', networkXml);
    await virsh(`net-define ${path}`, 'net-start net1', 'net-destroy net1', 'net-undefine net1');
    expect((await listener.heard(4)).map(gist)).to.deep.equal(
      ['defined', 'started', 'stopped', 'undefined'].map((word) => `network lifecycle ${word} net1 ${uuid}`),
    );
  });

  it('should be those of a storage pool', async () => {
    const path = await file('pool.xml', poolXml);
    await virsh(
      `pool-define ${path}`,
      'pool-build pool1',
      'pool-start pool1',
      'pool-refresh pool1',
      'pool-destroy pool1',
      'pool-delete pool1',
      'pool-undefine pool1',
    );
    const pool = `pool1 ${uuid}`;
    expect((await listener.heard(7)).map(gist)).to.deep.equal([
      `storage-pool lifecycle defined ${pool}`,
      `storage-pool lifecycle created ${pool}`,
      `storage-pool lifecycle started ${pool}`,
      `storage-pool refresh ${pool}`,
      `storage-pool lifecycle stopped ${pool}`,
      `storage-pool lifecycle deleted ${pool}`,
      `storage-pool lifecycle undefined ${pool}`,
    ]);
  });

  it('should be those of a node device', async () => {
    const path = await file('device.xml', deviceXml);
    await virsh(`nodedev-create ${path}`, 'nodedev-destroy scsi_host12');
    const [created, deleted] = await listener.heard(2);
    const device = { category: 'node-device', type: 'lifecycle', nodeDevice: { name: 'scsi_host12' } };
    expect(created).to.deep.include({ ...device, event: 'created', eventNumber: 0 });
    expect(deleted).to.deep.include({ ...device, event: 'deleted', eventNumber: 1 });
  });

  it('should be those of a domain, and of its metadata', async () => {
    await virsh('suspend test', 'desc test --live --title words', 'resume test');
    const heard = await listener.heard(3);
    expect(heard.map(({ type }) => type)).to.deep.equal(['lifecycle', 'metadata-change', 'lifecycle']);
    expect(heard[1]).to.deep.include({ metadataType: 'title', metadataTypeNumber: 1, nsuri: null });
  });

  it('should be the ones in supportedEvents, and all others refused', async () => {
    const supported = (await connection.supportedEvents()).map(({ category, type }) => `${category} ${type}`);
    expect(supported).to.include.members(['domain lifecycle', 'network lifecycle', 'node-device update']);
    expect(supported).not.to.include('secret lifecycle');
    expect(supported).not.to.include('qemu-monitor event');
  });
});
