import { expect } from 'chai';
import { Connection, Network, NetworkPort } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { rejection } from '../support/rejection.js';

const wrong = (value: unknown): never => value as never;
const nobody = '00000000-0000-4000-8000-000000000001';

const xmlOf = (name: string, content = ''): string => `<network><name>${name}</name>${content}</network>`;
const withDhcp =
  '<bridge name="rxvirt9"/><ip address="192.168.77.1" netmask="255.255.255.0">' +
  '<dhcp><range start="192.168.77.2" end="192.168.77.99"/></dhcp></ip>';
const hostXml = (last: number): string => `<host mac="52:54:00:00:00:0${last}" ip="192.168.77.${last}"/>`;

describe('a network of the test host', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await Connection.open('test:///default');
  });
  afterEach(() => connection.close());

  it('should be defined, started, stopped and undefined', async () => {
    const network = await connection.defineNetwork(xmlOf('kept', withDhcp));
    expect(network).to.be.instanceOf(Network).and.include({ name: 'kept' });
    expect([await network.isActive(), await network.isPersistent()]).to.deep.equal([false, true]);
    await network.create();
    expect(await network.isActive()).to.equal(true);
    await network.destroy();
    expect(await network.isActive()).to.equal(false);
    await network.undefine();
    expect(await rejection(connection.lookupNetworkByName('kept'))).to.include({
      code: 'VIR_ERR_NO_NETWORK',
    });
  });

  it('should be gone when it is stopped, if it was only created', async () => {
    const network = await connection.createNetwork(xmlOf('passing'));
    expect([await network.isActive(), await network.isPersistent()]).to.deep.equal([true, false]);
    await network.destroy();
    expect(await connection.listNetworks({ persistent: false })).to.deep.equal([]);
  });

  it('should start with the host, or not', async () => {
    const network = await connection.lookupNetworkByName('default');
    for (const autostart of [true, false]) {
      await network.setAutostart(autostart);
      expect(await network.autostart()).to.equal(autostart);
      expect(await connection.listNetworks({ autostart })).to.deep.equal([network]);
    }
  });

  it('should describe itself and its bridge', async () => {
    const network = await connection.lookupNetworkByName('default');
    expect(await network.xml()).to.match(/^<network>\n {2}<name>default<\/name>/);
    expect(await network.bridgeName()).to.equal('virbr0');
  });

  it('should get, change and lose its parts', async function () {
    requireLibvirt(this, 9, 0);
    const network = await connection.defineNetwork(xmlOf('kept', withDhcp));
    const hosts = async (): Promise<(string | undefined)[]> =>
      [...(await network.xml()).matchAll(/<host .*ip='192.168.77.(\d+)'/g)].map(([, last]) => last);
    await network.update('add-last', 'ip-dhcp-host', hostXml(5));
    await network.update('add-last', 'ip-dhcp-host', hostXml(6), { config: true });
    await network.update('add-first', 'ip-dhcp-host', hostXml(4), { config: true, parentIndex: 0 });
    expect(await hosts()).to.deep.equal(['4', '5', '6']);
    await network.update('modify', 'ip-dhcp-host', hostXml(6).replace('77.6', '77.7'));
    expect(await hosts()).to.deep.equal(['4', '5', '7']);
    await network.update('delete', 'ip-dhcp-host', hostXml(5));
    expect(await hosts()).to.deep.equal(['4', '7']);
    const update = network.update('add-last', 'ip-dhcp-host', hostXml(8), { live: true });
    expect(await rejection(update)).to.include({ code: 'VIR_ERR_OPERATION_INVALID' });
  });

  it('should be refused when the XML doesn’t fit the schema', async function () {
    requireLibvirt(this, 7, 8);
    const flying = xmlOf('flying', '<flying/>');
    for (const make of [
      (options: object) => connection.defineNetwork(flying, options),
      (options: object) => connection.createNetwork(flying, options),
    ]) {
      expect(await rejection(make({ validate: true }))).to.include({ code: 'VIR_ERR_XML_INVALID_SCHEMA' });
      const made = await make({ validate: false });
      expect(made.name).to.equal('flying');
      await ((await made.isPersistent()) ? made.undefine() : made.destroy());
    }
  });

  it('should refuse wrong arguments before libvirt is asked', async () => {
    const network = await connection.lookupNetworkByName('default');
    for (const refused of [
      () => connection.defineNetwork(wrong(undefined)),
      () => connection.defineNetwork(xmlOf('x'), wrong({ validate: 1 })),
      () => connection.createNetwork(xmlOf('x'), wrong({ valid: true })),
      () => connection.listNetworks(wrong({ hasSnapshot: true })),
      () => connection.lookupNetworkByName('default', wrong({ timeout: '1' })),
      () => network.create(wrong({ paused: true })),
      () => network.setAutostart(wrong('yes')),
      () => network.xml(wrong({ inactive: 'yes' })),
      () => network.dhcpLeases(wrong({ mac: 1 })),
      () => network.update(wrong('add'), 'ip', ''),
      () => network.update(wrong(''), 'ip', ''),
      () => network.update('modify', wrong('dhcp'), ''),
      () => network.update('modify', 'ip', wrong(null)),
      () => network.metadata(wrong('name')),
      () => network.metadata('title', wrong({ key: 'x' })),
      () => network.setMetadata('title', wrong(undefined)),
      () => network.createPort(wrong({})),
      () => network.lookupPortByUuid('\0'),
    ]) {
      expect(await rejection(refused()), String(refused)).to.be.instanceOf(TypeError);
    }
    for (const parentIndex of [-2, 1.5, 2 ** 31]) {
      expect(await rejection(network.update('modify', 'ip', '', { parentIndex }))).to.be.instanceOf(
        RangeError,
      );
    }
    expect(() => new (wrong(NetworkPort) as new () => unknown)()).to.throw(TypeError, 'lookupPortByUuid');
  });

  it('should take a timeout and a signal', async () => {
    const signal = AbortSignal.abort(new Error('not now'));
    for (const aborted of [
      () => connection.listNetworks({ signal }),
      () => connection.lookupNetworkByName('default', { signal }),
      () => connection.defineNetwork(xmlOf('x'), { signal }),
      () => connection.network({ uuid: nobody }).xml({ signal }),
    ]) {
      expect(await rejection(aborted()), String(aborted)).to.equal(signal.reason);
    }
    expect(await connection.listNetworks({ timeout: 60_000, active: true })).to.have.length(1);
  });
});
