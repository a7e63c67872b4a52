import { expect } from 'chai';
import { Connection, NwFilter, NwFilterBinding } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { PrivilegedLibvirtd } from '../support/libvirtd/privileged-libvirtd.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;

const filterXml = '<filter name="silent"><rule action="drop" direction="in"><all/></rule></filter>';
const bindingXml = `<filterbinding>
  <owner><name>web</name><uuid>00000000-0000-4000-8000-000000000001</uuid></owner>
  <portdev name="lo"/><mac address="52:54:00:00:00:01"/><filterref filter="silent"/>
</filterbinding>`;

describe('a network filter', () => {
  let host: PrivilegedLibvirtd;
  let connection: Connection;
  before(async function () {
    const reason = PrivilegedLibvirtd.unavailableReason();
    if (reason !== undefined) {
      console.error(`\n*** NOT TESTED with network filters: ${reason} ***\n`);
      this.skip();
    }
    host = await PrivilegedLibvirtd.start();
    connection = await Connection.open(host.uri);
  });
  after(() => disposeAll(connection, host));

  it('should be defined, found, listed and undefined', async () => {
    const filter = await connection.defineNwFilter(filterXml);
    expect(filter).to.be.instanceOf(NwFilter).and.include({ name: 'silent' });
    expect(await connection.lookupNwFilterByName('silent')).to.deep.equal(filter);
    expect(await connection.lookupNwFilterByUuid(filter.uuid)).to.deep.equal(filter);
    expect(await connection.listNwFilters()).to.deep.equal([filter]);
    expect(await virsh(host.uri, 'nwfilter-dumpxml', 'silent')).to.contain((await filter.xml()).trim());
    expect(await filter.xml()).to.contain("<rule action='drop' direction='in'");
    await filter.undefine();
    expect(await connection.listNwFilters()).to.deep.equal([]);
  });

  it('should be refused when the XML doesn’t fit the schema', async function () {
    if (!isAtLeast(7, 8)) this.skip();
    const flying = filterXml.replace('<rule', '<flying/><rule');
    const code = 'VIR_ERR_XML_INVALID_SCHEMA';
    expect(await rejection(connection.defineNwFilter(flying, { validate: true }))).to.include({ code });
    const binding = bindingXml.replace('<owner', '<flying/><owner');
    expect(await rejection(connection.createNwFilterBinding(binding, { validate: true }))).to.include({
      code,
    });
  });

  it('should be bound to a device and be released', async () => {
    const filter = await connection.defineNwFilter(filterXml);
    expect(await connection.listNwFilterBindings()).to.deep.equal([]);
    const binding = await connection.createNwFilterBinding(bindingXml);
    expect(binding).to.be.instanceOf(NwFilterBinding).and.include({ portDev: 'lo', filterName: 'silent' });
    expect(await connection.listNwFilterBindings()).to.deep.equal([binding]);
    expect(await connection.lookupNwFilterBindingByPortDev('lo')).to.deep.equal(binding);
    expect(await virsh(host.uri, 'nwfilter-binding-dumpxml', 'lo')).to.contain((await binding.xml()).trim());
    expect(await rejection(filter.undefine())).to.include({ code: 'VIR_ERR_OPERATION_INVALID' });
    await binding.delete();
    expect(await rejection(connection.lookupNwFilterBindingByPortDev('lo'))).to.include({
      code: 'VIR_ERR_NO_NWFILTER_BINDING',
    });
    await filter.undefine();
  });
});

describe('network filters without privileges', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(() => disposeAll(connection, host));

  it('should be refused by libvirt', async () => {
    expect(await rejection(connection.defineNwFilter(filterXml))).to.include({
      code: 'VIR_ERR_OPERATION_INVALID',
    });
    expect(await connection.listNwFilterBindings()).to.deep.equal([]);
    expect(await rejection(connection.lookupNwFilterBindingByPortDev('vnet0'))).to.include({
      code: 'VIR_ERR_NO_NWFILTER_BINDING',
    });
  });

  it('should refuse wrong arguments before libvirt is asked', async () => {
    for (const refused of [
      () => connection.defineNwFilter(wrong(1)),
      () => connection.defineNwFilter('', wrong({ validate: 'yes' })),
      () => connection.createNwFilterBinding(wrong({})),
      () => connection.createNwFilterBinding('', wrong({ reclaim: true })),
      () => connection.lookupNwFilterBindingByPortDev(wrong(0)),
      () => connection.listNwFilters(wrong({ active: true })),
      () => connection.listNwFilterBindings(wrong([])),
    ]) {
      expect(await rejection(refused()), String(refused)).to.be.instanceOf(TypeError);
    }
    expect(() => new (wrong(NwFilterBinding) as new () => unknown)()).to.throw(
      TypeError,
      'is made by a connection',
    );
  });
});
