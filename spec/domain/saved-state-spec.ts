import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, type Domain } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';

describe('the saved state of a domain', () => {
  let connection: Connection;
  let domain: Domain;
  let directory: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'rxvirt-'));
    connection = await Connection.open(ownTestHost);
    domain = await connection.lookupDomainByName('test');
  });
  afterEach(async () => {
    await connection.close();
    rmSync(directory, { recursive: true });
  });

  it('should be where libvirt finds it', async () => {
    expect(await domain.hasManagedSaveImage()).to.equal(false);
    await domain.managedSave();
    expect(await domain.hasManagedSaveImage()).to.equal(true);
    expect(await domain.state()).to.include({ state: 'shutoff', reason: 'saved' });
    await domain.create();
    expect(await domain.hasManagedSaveImage()).to.equal(false);
    await domain.managedSave({ state: 'running', bypassCache: true });
    await domain.removeManagedSave();
    expect(await domain.hasManagedSaveImage()).to.equal(false);
  });

  it('should be in a file', async () => {
    const file = join(directory, 'state');
    await domain.save(file);
    expect(existsSync(file)).to.equal(true);
    expect(await domain.state()).to.include({ state: 'shutoff', reason: 'saved' });
  });

  it('should not be saved where there is no folder', async () => {
    const error = await rejection(domain.save(join(directory, 'nowhere', 'state')));
    expect(error).to.include({ code: 'VIR_ERR_SYSTEM_ERROR', call: 'virDomainSaveFlags' });
    expect(await domain.state()).to.include({ state: 'running' });
  });

  it('should be dumped into a file, while the domain goes on or not', async () => {
    const file = join(directory, 'core');
    await domain.coreDump(file);
    expect(existsSync(file)).to.equal(true);
    expect(await domain.state()).to.include({ state: 'running' });
    expect(await rejection(domain.coreDump(file, { format: 'kdump-zlib' }))).to.include({
      call: 'virDomainCoreDumpWithFormat',
    });
    await domain.coreDump(file, { crash: true });
    expect(await domain.state()).to.include({ state: 'shutoff', reason: 'crashed' });
  });
});
