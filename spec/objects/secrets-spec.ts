import { expect } from 'chai';
import { inspect } from 'node:util';
import { Connection, Secret } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;

const secretXml = (volume: string, ephemeral = true, isPrivate = false): string =>
  `<secret ephemeral="${ephemeral ? 'yes' : 'no'}" private="${isPrivate ? 'yes' : 'no'}">` +
  `<usage type="volume"><volume>${volume}</volume></usage></secret>`;

describe('a secret', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(() => disposeAll(connection, host));

  it('should be defined, found, listed and undefined', async () => {
    const secret = await connection.defineSecret(secretXml('/a'));
    expect(secret).to.be.instanceOf(Secret).and.include({ usageType: 'volume', usageId: '/a' });
    expect(await connection.lookupSecretByUuid(secret.uuid)).to.deep.equal(secret);
    expect(await connection.lookupSecretByUsage('volume', '/a')).to.deep.equal(secret);
    const kept = await connection.defineSecret(secretXml('/b', false, true));
    expect(await connection.listSecrets({ ephemeral: true })).to.deep.equal([secret]);
    expect(await connection.listSecrets({ ephemeral: false, private: true })).to.deep.equal([kept]);
    expect(await connection.listSecrets({ ephemeral: false, private: false })).to.deep.equal([]);
    expect(await virsh(host.uri, 'secret-dumpxml', secret.uuid)).to.contain((await secret.xml()).trim());
    for (const each of [secret, kept]) await each.undefine();
    expect(await connection.listSecrets()).to.deep.equal([]);
    expect(await rejection(secret.xml())).to.include({ code: 'VIR_ERR_NO_SECRET' });
  });

  it('should keep its value byte by byte', async () => {
    const secret = await connection.defineSecret(secretXml('/bytes'));
    expect(await rejection(secret.value())).to.include({ code: 'VIR_ERR_NO_SECRET' });
    for (const value of [
      Buffer.from([0, 1, 2, 254, 255, 0]),
      new Uint8Array([7]),
      Buffer.alloc(60_000, 'x'),
    ]) {
      await secret.setValue(value);
      const read = await secret.value();
      expect(Buffer.isBuffer(read)).to.equal(true);
      expect(read.equals(value)).to.equal(true);
    }
    const later = Buffer.from('as it was');
    const setting = secret.setValue(later);
    later.fill(0);
    await setting;
    expect((await secret.value()).toString()).to.equal('as it was');
    await secret.undefine();
  });

  it('should tell nobody its value in an error', async () => {
    const secret = await connection.defineSecret(secretXml('/private', true, true));
    await secret.setValue(Buffer.from('hunter2'));
    const errors = [await rejection(secret.value())];
    expect(errors[0]).to.include({ code: 'VIR_ERR_INVALID_SECRET' });
    for (const value of ['hunter2', null, [104]]) {
      const error = await rejection(secret.setValue(wrong(value)));
      expect(error).to.be.instanceOf(TypeError);
      errors.push(error);
    }
    await secret.undefine();
    errors.push(await rejection(secret.setValue(Buffer.from('hunter2'))));
    expect(errors.at(-1)).to.include({ code: 'VIR_ERR_NO_SECRET' });
    expect(inspect(errors, { depth: 9 })).not.to.contain('hunter2');
  });

  it('should be refused when the XML or an option is wrong', async () => {
    for (const refused of [
      () => connection.defineSecret(wrong(null)),
      () => connection.defineSecret('', wrong({ private: true })),
      () => connection.lookupSecretByUsage(wrong('door'), ''),
      () => connection.listSecrets(wrong({ private: 1 })),
    ]) {
      expect(await rejection(refused()), String(refused)).to.be.instanceOf(TypeError);
    }
    if (!isAtLeast(7, 7)) return;
    const flying = secretXml('/flying').replace('<usage', '<flying/><usage');
    expect(await rejection(connection.defineSecret(flying, { validate: true }))).to.include({
      code: 'VIR_ERR_XML_INVALID_SCHEMA',
    });
  });
});
