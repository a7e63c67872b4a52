import { expect } from 'chai';
import { Connection, type Domain } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

describe('the life of a domain', () => {
  let connection: Connection;
  let domain: Domain;
  beforeEach(async () => {
    connection = await Connection.open('test:///default');
    domain = await connection.defineDomain(
      '<domain type="test"><name>life</name><memory>1024</memory><os><type>hvm</type></os></domain>',
    );
  });
  afterEach(() => connection.close());

  const state = async () => (await domain.state()).state;

  it('should begin, pause, go on and end', async () => {
    await domain.create();
    expect(await state()).to.equal('running');
    await domain.suspend();
    expect(await state()).to.equal('paused');
    await domain.resume();
    await domain.reboot({ mode: 'acpi' });
    await domain.reset();
    expect(await state()).to.equal('running');
    await domain.shutdown();
    expect(await domain.state()).to.include({ state: 'shutoff', reason: 'shutdown' });
    await domain.create();
    await domain.destroy();
    expect(await domain.state()).to.include({ state: 'shutoff', reason: 'destroyed' });
  });

  it('should have another name after it was renamed', async () => {
    await domain.rename('after-life');
    expect((await connection.lookupDomainByName('after-life')).uuid).to.equal(domain.uuid);
    expect(await rejection(connection.lookupDomainByName('life'))).to.include({ code: 'VIR_ERR_NO_DOMAIN' });
  });

  it('should be undefined, and gone', async () => {
    await domain.undefine({ managedSave: true, snapshotsMetadata: true });
    expect(await rejection(domain.state())).to.include({ code: 'VIR_ERR_NO_DOMAIN' });
  });

  it('should be described by what it was defined with', async () => {
    expect(await domain.xml({ inactive: true })).to.include('<name>life</name>');
    expect(await domain.osType()).to.equal('linux');
    expect(await domain.info()).to.include({
      state: 'shutoff',
      maxMemoryKiB: 1024,
      memoryKiB: 1024,
      vcpus: 1,
    });
    expect((await domain.info()).cpuTimeNs).to.be.a('bigint');
    expect([await domain.isActive(), await domain.isPersistent(), await domain.isUpdated()]).to.deep.equal([
      false,
      true,
      false,
    ]);
    expect(await domain.autostart()).to.equal(false);
    await domain.setAutostart(true);
    expect(await domain.autostart()).to.equal(true);
  });

  it('should not be changed by a wrong word, name or option', async () => {
    expect(await rejection(domain.shutdown({ mode: 'pull the plug' as 'acpi' }))).to.be.an.instanceOf(
      TypeError,
    );
    expect(await rejection(domain.rename(5 as unknown as string))).to.be.an.instanceOf(TypeError);
    expect(await rejection(domain.destroy({ gracefull: true } as object))).to.be.an.instanceOf(TypeError);
    expect(await rejection(domain.setAutostart(1 as unknown as boolean))).to.be.an.instanceOf(TypeError);
    for (const once of [domain.autostartOnce(), domain.setAutostartOnce(true)]) {
      const error = await rejection(once).catch(() => undefined);
      if (error !== undefined) expect(error).to.have.property('code', 'VIR_ERR_NO_SUPPORT');
    }
  });
});
