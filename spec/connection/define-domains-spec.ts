import { expect } from 'chai';
import { closeSync, openSync } from 'node:fs';
import { filter, firstValueFrom } from 'rxjs';
import { Connection, ConnectionClosedError, Domain } from '../../lib/index.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { diskXml } from '../support/qemu/domain-xml.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { expectRejections, rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;
const nobody = '00000000-0000-4000-8000-000000000001';
const xmlOf = (name: string, more = ''): string =>
  `<domain type="test"><name>${name}</name><memory>65536</memory><os><type>hvm</type></os>${more}</domain>`;
const namesOf = (found: readonly { readonly domain: Domain }[]): string[] =>
  found.map(({ domain }) => domain.name).sort();

describe('domains that a connection makes', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await Connection.open(ownTestHost);
  });
  afterEach(() => connection.close());

  it('should be defined, and defined again', async () => {
    const domain = await connection.defineDomain(xmlOf('kept'));
    expect(domain).to.be.instanceOf(Domain).and.include({ name: 'kept', id: null });
    expect([await domain.isActive(), await domain.isPersistent()]).to.deep.equal([false, true]);
    const changed = xmlOf('kept', `<uuid>${domain.uuid}</uuid><title>changed</title>`);
    expect(await connection.defineDomain(changed)).to.include({ uuid: domain.uuid });
    expect(await domain.metadata('title')).to.equal('changed');
  });

  it('should be checked against the schema if that is wanted', async () => {
    const odd = xmlOf('odd', '<nonsense/>');
    expect(await rejection(connection.defineDomain(odd, { validate: true }))).to.include({
      code: 'VIR_ERR_XML_INVALID_SCHEMA',
      call: 'virDomainDefineXMLFlags',
    });
    expect(await rejection(connection.createDomain(odd, { validate: true }))).to.include({
      code: 'VIR_ERR_XML_INVALID_SCHEMA',
      call: 'virDomainCreateXML',
    });
    expect(await connection.defineDomain(odd)).to.include({ name: 'odd' });
  });

  it('should be created, with files or without', async () => {
    const domain = await connection.createDomain(xmlOf('passing'));
    expect([await domain.isActive(), await domain.isPersistent()]).to.deep.equal([true, false]);
    const fd = openSync('/dev/null', 'r');
    const other = await connection.createDomain(xmlOf('other'), { files: [fd] }).finally(() => {
      closeSync(fd);
    });
    expect(await other.isActive()).to.equal(true);
  });

  it('should not be made of wrong arguments', async () => {
    await expectRejections([
      [connection.defineDomain(wrong(1)), TypeError, 'xml'],
      [connection.defineDomain(xmlOf('a'), wrong({ valid: true })), TypeError, 'valid'],
      [connection.createDomain(xmlOf('a'), { paused: wrong(1) }), TypeError, 'paused'],
      [connection.createDomain(xmlOf('a'), { files: [-1] }), RangeError, 'files[0]'],
      [connection.domainXmlFromNative(wrong(1), ''), TypeError, 'format'],
      [connection.domainXmlToNative('qemu-argv', wrong(1)), TypeError, 'xml'],
    ]);
  });

  it('should not be translated by the test driver', async () => {
    const calls = {
      virConnectDomainXMLFromNative: connection.domainXmlFromNative('qemu-argv', 'qemu'),
      virConnectDomainXMLToNative: connection.domainXmlToNative('qemu-argv', xmlOf('a')),
    };
    for (const [call, promise] of Object.entries(calls))
      expect(await rejection(promise)).to.include({ code: 'VIR_ERR_NO_SUPPORT', call });
  });
});

describe('the statistics of domains', () => {
  let connection: Connection;
  let test: Domain;
  before(function () {
    requireLibvirt(this, 9, 0);
  });
  beforeEach(async () => {
    connection = await Connection.open(ownTestHost);
    test = await connection.lookupDomainByName('test');
  });
  afterEach(() => connection.close());

  it('should be those of all domains', async () => {
    await connection.defineDomain(xmlOf('kept'));
    const all = await connection.allDomainStats({ groups: { state: true } });
    expect(namesOf(all)).to.deep.equal(['kept', 'test']);
    const found = all.find(({ domain }) => domain.name === 'test');
    expect(found?.domain).to.deep.equal(test);
    expect(found?.stats).to.include({ 'state.state': 1 });
    expect(all.find(({ domain }) => domain.name === 'kept')?.stats).to.include({ 'state.state': 5 });
  });

  it('should be those of the domains that are given, in one call', async () => {
    const kept = await connection.defineDomain(xmlOf('kept'));
    await connection.defineDomain(xmlOf('other'));
    expect(namesOf(await connection.domainStats([kept, test]))).to.deep.equal(['kept', 'test']);
    const [only, ...others] = await connection.domainStats([kept], {
      groups: { state: true },
      enforce: true,
    });
    expect(others).to.deep.equal([]);
    expect(only).to.deep.equal({ domain: kept, stats: only?.stats });
    expect(only?.stats).to.include({ 'state.state': 5 });
  });

  it('should have domains that can be called when all others of the answer are collected, until the close', async () => {
    for (let i = 0; i < 50; i++) await connection.defineDomain(xmlOf(`other-${i}`));
    let [found] = (await connection.allDomainStats()).filter(({ domain }) => domain.name === 'test');
    const domain = found?.domain;
    found = undefined;
    for (let round = 0; round < 5; round++) {
      gc?.();
      expect(await domain?.state()).to.include({ state: 'running' });
    }
    await Promise.allSettled([connection.allDomainStats(), connection.close()]);
    expect(await rejection(domain?.state() ?? Promise.resolve())).to.be.instanceOf(ConnectionClosedError);
  });

  it('should be found for a domain that was only named', async () => {
    const named = connection.domain({ uuid: test.uuid });
    expect(namesOf(await connection.domainStats([named]))).to.deep.equal(['test']);
  });

  it('should leave out domains that are gone', async () => {
    const passing = await connection.createDomain(xmlOf('passing'));
    await passing.destroy();
    const unknown = connection.domain({ uuid: nobody });
    expect(namesOf(await connection.domainStats([passing, test, unknown]))).to.deep.equal(['test']);
    expect(await connection.domainStats([passing])).to.deep.equal([]);
  });

  it('should be none of no domains', async () => {
    expect(await connection.domainStats([])).to.deep.equal([]);
  });

  it('should refuse what the driver has not, if that is wanted', async () => {
    for (const promise of [
      connection.domainStats([test], { groups: { perf: true }, enforce: true }),
      connection.allDomainStats({ groups: { perf: true }, enforce: true }),
    ])
      expect(await rejection(promise)).to.include({ code: 'VIR_ERR_ARGUMENT_UNSUPPORTED' });
  });

  it('should not be asked for with wrong arguments', async () => {
    const other = await Connection.open(ownTestHost);
    const foreign = await other.lookupDomainByName('test');
    const refused = [
      [connection.domainStats(wrong(test)), 'domains must be an array'],
      [connection.domainStats([test, foreign]), 'domains[1] must be a Domain of the same connection'],
      [connection.domainStats([wrong({ uuid: nobody })]), 'domains[0]'],
      [connection.domainStats([], wrong({ running: true })), 'running'],
      [connection.domainStats([test], { groups: wrong({ cpu: true }) }), 'cpu'],
      [connection.allDomainStats({ running: wrong('yes') }), 'running'],
    ] as const;
    for (const [promise, message] of refused)
      expect(await rejection(promise))
        .to.be.instanceOf(TypeError)
        .with.property('message')
        .that.includes(message);
    await other.close();
    expect(await rejection(other.domainStats([]))).to.be.instanceOf(ConnectionClosedError);
  });
});

describe('the domains of a host with QEMU', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let domain: Domain;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
    const guest = new Guest(host, 'guest');
    const disk = diskXml({ file: await guest.image('a.qcow2'), target: 'vda', bus: 'virtio' });
    domain = await connection.defineDomain(guest.xml({ devices: [disk, '<interface type="user"/>'] }));
    await domain.create();
  });
  after(() => disposeAll(connection, host));

  it('should have counters that are bigints, and other values that are not', async function () {
    requireLibvirt(this, 9, 0);
    const [found] = await connection.domainStats([domain]);
    const stats = Object.entries(found?.stats ?? {});
    const counters = stats.filter(([, value]) => typeof value === 'bigint').map(([name]) => name);
    expect(counters).to.include.members(['cpu.time', 'vcpu.0.time', 'block.0.rd.bytes', 'block.0.wr.reqs']);
    const counts =
      /time$|times$|bytes|reqs|pkts|errs|drop|user$|system$|wait$|delay$|sum$|fault$|pgalloc|pgfail/;
    for (const [name, value] of stats)
      if (typeof value === 'number')
        expect(name).to.satisfy((it: string) => !counts.test(it) || it.startsWith('dirtyrate'));
      else if (typeof value === 'bigint') expect(name).to.match(counts);
    expect(found?.stats).to.include({ 'balloon.maximum': 32_768, 'block.0.name': 'vda', 'vcpu.current': 1 });
  });

  it('should have only the statistics that are wanted, of those that are wanted', async () => {
    const groups = { state: true, balloon: true };
    const options = { groups, enforce: true, noWait: true, backing: true };
    const ask = (more: object) => connection.allDomainStats({ ...options, ...more });
    const [found, ...others] = await ask({ active: true, persistent: true, running: true });
    expect(others).to.deep.equal([]);
    const prefixes = Object.keys(found?.stats ?? {}).map((name) => name.split('.')[0]);
    expect([...new Set(prefixes)]).to.have.members(['state', 'balloon']);
    expect(await ask({ active: false })).to.deep.equal([]);
    expect(await ask({ persistent: false })).to.deep.equal([]);
    expect(await ask({ paused: true, shutoff: true, other: true })).to.deep.equal([]);
    const [listed] = await connection.domainStats([domain], options);
    expect(Object.keys(listed?.stats ?? {})).to.deep.equal(Object.keys(found?.stats ?? {}));
  });

  it('should be created paused, and end with the connection that has created them', async () => {
    const guest = new Guest(host, 'passing');
    const other = await Connection.open(host.uri);
    const passing = await other.createDomain(guest.xml(), { paused: true, autodestroy: true });
    expect(await passing.state()).to.include({ state: 'paused' });
    const events = connection.domain({ uuid: passing.uuid }).events('lifecycle', {
      onRegistered: () => void other.close(),
    });
    const stopped = await firstValueFrom(events.pipe(filter(({ event }) => event === 'stopped')));
    expect(stopped).to.include({ detail: 'destroyed' });
  });

  it('should be translated to QEMU’s arguments', async () => {
    const xml = new Guest(host, 'translated').xml();
    const translated = await connection.domainXmlToNative('qemu-argv', xml);
    expect(translated).to.include('-name guest=translated').and.include('qemu-system-x86_64');
    const file = host.directory.writeFile('translated.xml', xml);
    const printed = await virsh(host.uri, 'domxml-to-native', 'qemu-argv', '--xml', file);
    expect(lasting(translated)).to.equal(lasting(printed));
  });
});

/** QEMU's arguments without what is new each time: the uuid, and numbers of file descriptors. */
const lasting = (words: string): string =>
  words
    .replace(/\\\n/g, ' ')
    .replace(/[\da-f]{8}-[\da-f-]{27}/g, 'uuid')
    .replace(/\bfd=\d+/g, 'fd')
    .split(/\s+/)
    .join(' ')
    .trim();
