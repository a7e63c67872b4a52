import { expect } from 'chai';
import { filter, firstValueFrom } from 'rxjs';
import { Connection, UnsafeUriError, watch, watchAll } from '../../lib/index.js';
import { reportOf } from '../support/programs/run-script.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost, ownTestHostWithDisk } from '../support/test-host.js';

describe('LIBVIRT_DEFAULT_URI', () => {
  const unsafe = 'test+ext:///default?command=/bin/false';
  let before: string | undefined;
  beforeEach(() => {
    before = process.env['LIBVIRT_DEFAULT_URI'];
  });
  afterEach(() => {
    if (before === undefined) delete process.env['LIBVIRT_DEFAULT_URI'];
    else process.env['LIBVIRT_DEFAULT_URI'] = before;
  });

  it('should be checked like a URI that is given, also when that is empty', async () => {
    process.env['LIBVIRT_DEFAULT_URI'] = unsafe;
    for (const uri of [undefined, '']) {
      expect(await rejection(Connection.open(uri))).to.be.an.instanceOf(UnsafeUriError);
      expect(() => watch(uri)).to.throw(UnsafeUriError);
    }
    expect(() => watchAll([''])).to.throw(UnsafeUriError);
    const allowed = await rejection(Connection.open('', { allow: ['command'] }));
    expect(allowed).to.have.property('name', 'LibvirtError');
  });

  it('should be no matter where URIs are given', async () => {
    process.env['LIBVIRT_DEFAULT_URI'] = unsafe;
    await using fleet = watchAll([ownTestHost]);
    await firstValueFrom(fleet.status.pipe(filter(({ state }) => state === 'connected')));
  });

  it('should count as none when it is empty', async () => {
    process.env['LIBVIRT_DEFAULT_URI'] = '';
    const outcome = await Connection.open(undefined, { timeout: 20_000 }).catch((error: unknown) => error);
    if (outcome instanceof Connection) await outcome.close();
    else expect(outcome).to.have.property('message').that.includes("libvirt's default URI can't be opened");
  });

  it('should be that of a worker there, or else the checked one of the process', async () => {
    const [inherited, own] = (await reportOf('worker-environment', [], {
      env: { LIBVIRT_DEFAULT_URI: unsafe },
    })) as unknown[];
    expect(inherited).to.include({ name: 'UnsafeUriError' });
    expect(own).to.equal('test:///default');
  });

  it('should not move an open connection to another host when it changes', async () => {
    process.env['LIBVIRT_DEFAULT_URI'] = ownTestHostWithDisk;
    await using connection = await Connection.open();
    const domain = await connection.lookupDomainByName('test');
    process.env['LIBVIRT_DEFAULT_URI'] = unsafe;
    const { stream } = await domain.screenshot();
    expect((await stream.toArray()).length).to.be.above(0);
  });

  it('should not move a watched host to another when it changes', async () => {
    process.env['LIBVIRT_DEFAULT_URI'] = ownTestHostWithDisk;
    await using host = watch();
    const first = await host.connection();
    process.env['LIBVIRT_DEFAULT_URI'] = ownTestHost;
    await first.close();
    const second = await host.connection();
    expect(second.uri).to.equal(first.uri);
  });
});

describe('the options of an open', () => {
  it('should be read once, also for connections that are opened later', async () => {
    const options: { readOnly?: boolean; misspelt?: boolean } = { readOnly: false };
    await using connection = await Connection.open(ownTestHost, options);
    options.readOnly = true;
    options.misspelt = true;
    const domain = await connection.lookupDomainByName('test');
    const { stream } = await domain.screenshot();
    stream.destroy();

    let reads = 0;
    const changing = {
      get callsAtOnce() {
        return reads++ === 0 ? 1 : 0;
      },
    };
    await using other = await Connection.open(ownTestHost, changing);
    expect(await other.listDomains()).to.have.lengthOf(1);
  });

  it('should count for a watched host too when they are inherited', async () => {
    const defaults = { readOnly: false };
    await using host = watch(ownTestHost, Object.create(defaults) as object);
    const connection = await host.connection();
    expect(await connection.lookupDomainByName('test')).to.have.property('name', 'test');
    expect(host.name).to.equal(ownTestHost);
  });
});
