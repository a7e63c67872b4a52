import { expect } from 'chai';
import { Connection, Interface, LibvirtError, NodeDevice } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;
const names = (objects: readonly { readonly name: string }[]): string[] =>
  objects.map(({ name }) => name).sort();

const interfaceXml = (name: string, mac: string): string =>
  `<interface type="ethernet" name="${name}"><start mode="none"/><mac address="${mac}"/></interface>`;

/** A virtual host bus adapter, the only device that the test host can create. */
const vportXml = `<device><parent>scsi_host1</parent><capability type="scsi_host">
  <capability type="fc_host"><wwnn>2000000012341234</wwnn><wwpn>1000000012341239</wwpn></capability>
</capability></device>`;
const mediatedXml = `<device><parent>computer</parent><capability type="mdev"><type id="x"/></capability></device>`;

describe('the devices of the test host', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await Connection.open('test:///default');
  });
  afterEach(() => connection.close());

  it('should say what they are, and what they are a part of', async () => {
    const device = await connection.lookupNodeDeviceByName('scsi_host1');
    expect(device).to.be.instanceOf(NodeDevice);
    expect(await device.capabilities()).to.deep.equal(['scsi_host']);
    expect(await device.parent()).to.equal('computer');
    expect(await device.xml()).to.contain('<name>scsi_host1</name>');
  });

  it('should be created and destroyed', async () => {
    const before = names(await connection.listNodeDevices());
    const device = await connection.createNodeDevice(vportXml);
    expect(names(await connection.listNodeDevices())).to.deep.equal([...before, device.name].sort());
    expect(await device.xml()).to.contain('<wwpn>1000000012341239</wwpn>');
    await device.destroy();
    expect(names(await connection.listNodeDevices())).to.deep.equal(before);
    expect(await rejection(device.xml())).to.include({ code: 'VIR_ERR_NO_NODE_DEVICE' });
  });

  it('should be listed by what they can do', async function () {
    requireLibvirt(this, 9, 0);
    expect(names(await connection.listNodeDevices({ capability: 'system' }))).to.deep.equal(['computer']);
    expect(names(await connection.listNodeDevices({ capability: ['net', 'system'] }))).to.deep.equal([
      'computer',
    ]);
    expect(await connection.listNodeDevices({ capability: ['net', 'vpd'] })).to.deep.equal([]);
    const adapters = names(await connection.listNodeDevices({ capability: 'scsi_host' }));
    expect(adapters).to.include.members(['scsi_host1', 'scsi_host2']).but.not.include('computer');
  });

  it('should be refused when the XML doesn’t fit the schema', async function () {
    requireLibvirt(this, 8, 10);
    const flying = vportXml.replace('<parent>', '<flying/><parent>');
    expect(await rejection(connection.createNodeDevice(flying, { validate: true }))).to.include({
      code: 'VIR_ERR_XML_INVALID_SCHEMA',
    });
  });

  it('should refuse wrong arguments before libvirt is asked', async () => {
    const device = await connection.lookupNodeDeviceByName('computer');
    const [found] = await connection.listInterfaces();
    for (const refused of [
      () => connection.createNodeDevice(wrong(null)),
      () => connection.defineNodeDevice('', wrong({ validate: 1 })),
      () => connection.lookupScsiHostByWwn('1', wrong(2)),
      () => connection.listNodeDevices({ capability: wrong('flying') }),
      () => connection.listNodeDevices({ capability: wrong([1]) }),
      () => connection.listNodeDevices({ capability: wrong({ pci: true }) }),
      () => connection.defineInterface(wrong({})),
      () => connection.lookupInterfaceByMac(wrong(1)),
      () => connection.beginInterfaceChange(wrong({ force: true })),
      () => device.detach({ driver: wrong(1) }),
      () => device.update(wrong(undefined)),
      () => device.xml(wrong({ inactive: 1 })),
      () => device.setAutostart(wrong(1)),
      () => device.capabilities(wrong({ net: true })),
      () => found?.xml(wrong({ secure: true })) ?? Promise.resolve(),
      () => found?.create(wrong(1)) ?? Promise.resolve(),
    ]) {
      expect(await rejection(refused()), String(refused)).to.be.instanceOf(TypeError);
    }
  });
});

describe('the interfaces of the test host', () => {
  const mac = '52:54:00:00:00:77';
  let connection: Connection;
  beforeEach(async () => {
    connection = await Connection.open('test:///default');
  });
  afterEach(() => connection.close());

  it('should be defined, started, stopped and undefined', async () => {
    const made = await connection.defineInterface(interfaceXml('eth7', mac));
    expect(made).to.be.instanceOf(Interface).and.include({ name: 'eth7' });
    expect(await made.isActive()).to.equal(false);
    await made.create();
    expect(await made.isActive()).to.equal(true);
    await made.destroy();
    expect(await connection.listInterfaces({ active: false })).to.deep.equal([made]);
    await made.undefine();
    expect(await connection.listInterfaces({ active: false })).to.deep.equal([]);
  });

  it('should be found by their address, and describe themselves', async () => {
    const made = await connection.defineInterface(interfaceXml('eth7', mac));
    expect(await made.mac()).to.equal(mac);
    expect(await connection.lookupInterfaceByMac(mac)).to.deep.equal(made);
    expect(await made.xml()).to.contain(`<mac address='${mac}'/>`);
    expect(await rejection(connection.lookupInterfaceByMac('52:54:00:00:00:78'))).to.include({
      code: 'VIR_ERR_NO_INTERFACE',
    });
  });

  it('should be as before when a change is undone, and stay changed when it is kept', async () => {
    await connection.beginInterfaceChange();
    expect(await rejection(connection.beginInterfaceChange())).to.include({
      code: 'VIR_ERR_OPERATION_INVALID',
    });
    await connection.defineInterface(interfaceXml('eth7', mac));
    await connection.rollbackInterfaceChange();
    expect(names(await connection.listInterfaces())).to.deep.equal(['eth1']);
    await connection.beginInterfaceChange();
    await connection.defineInterface(interfaceXml('eth7', mac));
    await connection.commitInterfaceChange();
    expect(names(await connection.listInterfaces())).to.deep.equal(['eth1', 'eth7']);
    for (const over of [() => connection.rollbackInterfaceChange(), () => connection.commitInterfaceChange()])
      expect(await rejection(over())).to.include({ code: 'VIR_ERR_OPERATION_INVALID' });
  });
});

describe('the devices and interfaces of a real host', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(() => disposeAll(connection, host));

  it('should be what virsh says', async function () {
    requireLibvirt(this, 9, 0);
    for (const capability of ['system', 'pci', 'net', 'storage', 'vpd'] as const) {
      const printed = (await virsh(host.uri, 'nodedev-list', '--cap', capability)).split('\n');
      expect(names(await connection.listNodeDevices({ capability })), capability).to.deep.equal(
        printed.filter((name) => name !== '').sort(),
      );
    }
    const [lo] = (await connection.listNodeDevices({ capability: 'net' })).filter(({ name }) =>
      name.startsWith('net_lo_'),
    );
    expect(await lo?.capabilities()).to.deep.equal(['net']);
    expect(await lo?.parent()).to.equal('computer');
    expect(await virsh(host.uri, 'nodedev-dumpxml', lo?.name ?? '')).to.contain((await lo?.xml())?.trim());
  });

  it('should have a root that is no part of another device', async () => {
    const computer = await connection.lookupNodeDeviceByName('computer');
    expect(await computer.parent()).to.equal(null);
    if (!isAtLeast(7, 8)) return;
    expect([await computer.isActive(), await computer.isPersistent()]).to.deep.equal([true, true]);
    expect(await computer.autostart()).to.equal(true);
    expect(names(await connection.listNodeDevices({ active: true }))).to.include('computer');
    expect(await connection.listNodeDevices({ active: false })).to.deep.equal([]);
  });

  it('should be found by their address', async function () {
    if (isAtLeast(10)) this.skip(); // Debian builds it without its driver for interfaces
    const [loopback] = (await connection.listInterfaces()).filter(({ name }) => name !== 'lo');
    if (loopback === undefined) return;
    expect(await connection.lookupInterfaceByMac(await loopback.mac())).to.be.instanceOf(Interface);
    expect(await loopback.xml()).to.contain(`name='${loopback.name}'`);
  });

  it('should be refused by libvirt for its own reasons', async () => {
    const computer = await connection.lookupNodeDeviceByName('computer');
    const created = "^a node device can't be created";
    const ofComputer = "^node device 'computer' can't be";
    for (const [refused, message] of [
      [() => computer.create(), `${ofComputer} started`],
      [() => computer.undefine(), `${ofComputer} undefined`],
      [() => computer.setAutostart(true), `${ofComputer} set to start with the host`],
      [() => computer.destroy(), `${ofComputer} destroyed`],
      [() => computer.detach(), `${ofComputer} detached`],
      [() => computer.reattach(), `${ofComputer} reattached`],
      [() => computer.reset(), `${ofComputer} reset`],
      [() => computer.update('<device/>', { config: true }), `${ofComputer} updated`],
      [() => connection.createNodeDevice(mediatedXml), created],
      [() => connection.defineNodeDevice(mediatedXml), created.replace('created', 'defined')],
      [
        () => connection.lookupScsiHostByWwn('2000000012341234', '1000000012341234'),
        '^SCSI host 2000000012341234',
      ],
    ] as const) {
      const error = await rejection(refused());
      expect(error, String(refused)).to.be.instanceOf(LibvirtError);
      expect(error, String(refused)).to.have.property('message').that.matches(new RegExp(message));
    }
    const [pci] = await connection.listNodeDevices({ capability: 'pci' });
    if (pci === undefined) return;
    expect(await rejection(pci.detach({ driver: 'flying' })))
      .to.be.an.instanceOf(LibvirtError)
      .with.property('message')
      .that.contains(isAtLeast(10) ? pci.name : "'flying'");
  });
});
