import { expect } from 'chai';
import { Connection, LibvirtError, NetworkPort } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;
const nobody = '00000000-0000-4000-8000-000000000001';

const xmlOf = (name: string, content: string): string => `<network><name>${name}</name>${content}</network>`;
/** libvirt doesn't manage the bridge of such a network, so starting the network changes nothing on the machine. */
const foreign = '<forward mode="bridge"/><bridge name="none"/>';
const withDhcp =
  '<bridge name="rxvirt9"/><ip address="192.168.77.1" netmask="255.255.255.0">' +
  '<dhcp><range start="192.168.77.2" end="192.168.77.99"/></dhcp></ip>';
const hostXml = (last: number): string => `<host mac="52:54:00:00:00:0${last}" ip="192.168.77.${last}"/>`;

describe('a network of a real host', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(() => disposeAll(connection, host));

  it('should be listed as virsh lists it', async () => {
    const network = await connection.createNetwork(xmlOf('listed', foreign));
    expect(await virsh(host.uri, 'net-list', '--name')).to.match(/^listed\s*$/);
    expect(await connection.listNetworks({ active: true })).to.deep.equal([network]);
    expect(await virsh(host.uri, 'net-dumpxml', 'listed')).to.contain((await network.xml()).trim());
    expect(await network.bridgeName()).to.equal('none');
    await network.destroy();
  });

  it('should describe the network as it is, and as it will start again', async () => {
    const network = await connection.defineNetwork(xmlOf('changed', foreign));
    await network.create();
    const changed = foreign.replace('none', 'other');
    await connection.defineNetwork(
      `<network><name>changed</name><uuid>${network.uuid}</uuid>${changed}</network>`,
    );
    expect(await network.xml()).to.contain("<bridge name='none'/>");
    expect(await network.xml({ inactive: true })).to.contain("<bridge name='other'/>");
    await network.undefine();
    expect([await network.isActive(), await network.isPersistent()]).to.deep.equal([true, false]);
    await network.destroy();
  });

  it('should give the leases of its DHCP server', async () => {
    const network = await connection.defineNetwork(xmlOf('leasing', withDhcp));
    expect(await network.dhcpLeases()).to.deep.equal([]);
    const folder = ['run', 'libvirt', 'dnsmasq', 'lib'];
    host.directory.makeDirectory(...folder);
    const expirySeconds = Math.floor(Date.now() / 1000) + 3600;
    const status = [
      {
        'ip-address': '192.168.77.5',
        'mac-address': '52:54:00:00:00:05',
        hostname: 'web',
        'client-id': '01:52:54:00:00:00:05',
        'expiry-time': expirySeconds,
      },
      { 'ip-address': '192.168.77.6', 'mac-address': '52:54:00:00:00:06', 'expiry-time': 0 },
      { 'ip-address': '192.168.77.7', 'mac-address': '52:54:00:00:00:07', 'expiry-time': 1 },
    ];
    host.directory.writeFile([...folder, 'rxvirt9.status'].join('/'), JSON.stringify(status));
    const web = {
      interface: 'rxvirt9',
      expirySeconds,
      type: 'ipv4',
      mac: '52:54:00:00:00:05',
      iaid: null,
      address: '192.168.77.5',
      prefix: 24,
      hostname: 'web',
      clientId: '01:52:54:00:00:00:05',
    };
    const endless = { mac: '52:54:00:00:00:06', address: '192.168.77.6', expirySeconds: 0 };
    const [first, second, ...others] = await network.dhcpLeases();
    expect(first).to.deep.equal(web);
    expect(second).to.include({ ...endless, hostname: null, clientId: null });
    expect(others).to.deep.equal([]);
    expect(await network.dhcpLeases({ mac: '52:54:00:00:00:05' })).to.deep.equal([web]);
    expect(await network.dhcpLeases({ mac: '52:54:00:00:00:09' })).to.deep.equal([]);
    await network.update('add-last', 'ip-dhcp-host', hostXml(5), { config: true });
    expect(await virsh(host.uri, 'net-dumpxml', 'leasing')).to.contain("ip='192.168.77.5'");
    await network.undefine();
  });

  it('should have ports, which come and go and are limited', async () => {
    const network = await connection.createNetwork(xmlOf('with-ports', foreign));
    const uuid = '5d744f21-ba4a-4d6e-bdb2-30a35ff3207d';
    const owner = `<owner><name>x</name><uuid>${nobody}</uuid></owner>`;
    const portXml = `<networkport><uuid>${uuid}</uuid>${owner}<mac address="52:54:00:7b:35:93"/></networkport>`;
    expect(await network.listPorts()).to.deep.equal([]);
    const port = await network.createPort(portXml);
    expect(port).to.be.instanceOf(NetworkPort).and.include({ uuid });
    expect(await network.listPorts()).to.deep.equal([port]);
    expect(await network.lookupPortByUuid(uuid)).to.deep.equal(port);
    expect(await port.xml()).to.contain("<mac address='52:54:00:7b:35:93'/>");
    expect(await port.parameters()).to.deep.equal({});
    await port.setParameters({ inboundAverageKBps: 100, inboundBurstKiB: 7, outboundAverageKBps: 5 });
    expect(await port.parameters()).to.deep.equal({
      inboundAverageKBps: 100,
      inboundPeakKBps: 0,
      inboundBurstKiB: 7,
      inboundFloorKBps: 0,
      outboundAverageKBps: 5,
      outboundPeakKBps: 0,
      outboundBurstKiB: 0,
    });
    await port.setParameters({ inboundAverageKBps: 200, inboundPeakKBps: 300 });
    expect(await port.parameters()).to.include({
      inboundAverageKBps: 200,
      inboundPeakKBps: 300,
      inboundBurstKiB: 0,
    });
    expect(await rejection(port.setParameters(wrong({ average: 1 })))).to.be.instanceOf(TypeError);
    expect(await rejection(port.setParameters({ inboundPeakKBps: -1 }))).to.be.instanceOf(RangeError);
    await port.delete();
    expect(await network.listPorts()).to.deep.equal([]);
    for (const gone of [() => network.lookupPortByUuid(uuid), () => port.xml(), () => port.delete()]) {
      expect(await rejection(gone())).to.include({ code: 'VIR_ERR_NO_NETWORK_PORT' });
    }
    await network.destroy();
  });

  it('should have metadata', async function () {
    if (!isAtLeast(9, 7)) {
      const network = connection.network({ uuid: nobody });
      for (const late of [() => network.metadata('title'), () => network.setMetadata('title', 'x')]) {
        expect(await rejection(late())).to.include({ code: 'VIR_ERR_NO_SUPPORT' });
      }
      this.skip();
    }
    const network = await connection.defineNetwork(xmlOf('described', foreign));
    const uri = 'http://example.org/rxvirt';
    await network.setMetadata('title', 'A title');
    await network.setMetadata('element', '<a>1</a>', { key: 'x', uri, config: true });
    expect(await network.metadata('title')).to.equal('A title');
    expect(await network.metadata('element', { uri, config: true })).to.equal('<a>1</a>');
    await network.setMetadata('title', null);
    const error = await rejection(network.metadata('title'));
    expect(error).to.be.instanceOf(LibvirtError).and.include({ code: 'VIR_ERR_NO_NETWORK_METADATA' });
    await network.undefine();
  });
});
