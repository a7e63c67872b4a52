import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, type Domain } from '../../lib/index.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { Guest } from '../support/qemu/guest.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';

const wrong = (value: unknown): never => value as never;

describe('a domain that was saved to a file', () => {
  let connection: Connection;
  let domain: Domain;
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'rxvirt-'));
    file = join(directory, 'state');
    connection = await Connection.open(ownTestHost);
    domain = await connection.lookupDomainByName('test');
    await domain.save(file);
  });
  afterEach(async () => {
    await connection.close();
    rmSync(directory, { recursive: true });
  });

  it('should be restored', async () => {
    await connection.restoreDomain(file);
    expect(await domain.state()).to.include({ state: 'running', reason: 'restored' });
  });

  it('should have a description in the file, which can be changed', async () => {
    const xml = await connection.savedDomainXml(file);
    expect(xml).to.include(`<uuid>${domain.uuid}</uuid>`);
    expect(await connection.savedDomainXml(file, { secure: true })).to.equal(xml);
    const changed = xml.replace('<name>', '<title>changed</title><name>');
    await connection.setSavedDomainXml(file, changed, { running: true });
    expect(await connection.savedDomainXml(file)).to.include('<title>changed</title>');
  });

  it('should be refused with options that the test driver doesn’t know', async () => {
    for (const option of [{ running: false }, { bypassCache: true }, { resetNvram: true }])
      expect(await rejection(connection.restoreDomain(file, option))).to.include({
        code: 'VIR_ERR_INVALID_ARG',
        call: 'virDomainRestoreFlags',
      });
    expect(await rejection(connection.restoreDomain(file, { parallelChannels: 2 }))).to.include({
      code: 'VIR_ERR_NO_SUPPORT',
      call: 'virDomainRestoreParams',
    });
    const xml = await connection.savedDomainXml(file);
    expect(await rejection(connection.restoreDomain(file, { xml }))).to.include({
      code: 'VIR_ERR_ARGUMENT_UNSUPPORTED',
      call: 'virDomainRestoreFlags',
    });
  });

  it('should not be restored from a file that isn’t there', async () => {
    const nowhere = join(directory, 'nowhere');
    for (const promise of [
      connection.restoreDomain(nowhere),
      connection.savedDomainXml(nowhere),
      connection.setSavedDomainXml(nowhere, '<domain/>'),
    ])
      expect(await rejection(promise)).to.include({ code: 'VIR_ERR_SYSTEM_ERROR' });
  });

  it('should not be restored with wrong arguments', async () => {
    const refused = [
      [connection.restoreDomain(wrong(1)), 'path'],
      [connection.restoreDomain(file, { xml: wrong(1) }), 'xml'],
      [connection.restoreDomain(file, { running: wrong('yes') }), 'running'],
      [connection.restoreDomain(file, { parallelChannels: wrong('2') }), 'parallelChannels'],
      [connection.restoreDomain(file, wrong({ paused: true })), 'paused'],
      [connection.savedDomainXml(wrong(null)), 'path'],
      [connection.setSavedDomainXml(file, wrong(1)), 'xml'],
    ] as const;
    for (const [promise, message] of refused)
      expect(await rejection(promise))
        .to.be.instanceOf(TypeError)
        .with.property('message')
        .that.includes(message);
  });
});

describe('a domain of QEMU that was saved to a file', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let domain: Domain;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
    domain = await connection.defineDomain(new Guest(host, 'guest').xml());
    await domain.create();
  });
  after(() => disposeAll(connection, host));

  it('should be restored as it was, or as it is wanted', async () => {
    const file = host.directory.join('saved');
    await domain.save(file);
    await connection.restoreDomain(file);
    expect(await domain.state()).to.include({ state: 'running' });
    await domain.save(file);
    await connection.restoreDomain(file, { running: false });
    expect(await domain.state()).to.include({ state: 'paused' });
    await domain.save(file);
    await connection
      .restoreDomain(file, { running: true, bypassCache: true })
      .catch(async (error: unknown) => {
        // The file system may have no O_DIRECT.
        expect(error).to.have.property('code');
        await connection.restoreDomain(file, { running: true });
      });
    expect(await domain.state()).to.include({ state: 'running' });
  });

  it('should be restored with another description', async () => {
    const file = host.directory.join('described');
    await domain.save(file);
    const xml = await connection.savedDomainXml(file);
    const changed = xml.replace('</name>', '</name><title>other</title>');
    await connection.restoreDomain(file, { xml: changed });
    expect(await domain.metadata('title', { live: true })).to.equal('other');
  });

  it('should be restored as the file says', async () => {
    const file = host.directory.join('changed');
    await domain.save(file);
    const xml = await connection.savedDomainXml(file);
    await connection.setSavedDomainXml(file, xml.replace('</name>', '</name><title>changed</title>'), {
      running: false,
    });
    await connection.restoreDomain(file);
    expect(await domain.state()).to.include({ state: 'paused' });
    expect(await domain.metadata('title')).to.equal('changed');
  });
});
