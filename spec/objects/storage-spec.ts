import { expect } from 'chai';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Connection, StoragePool, StorageVolume } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { rejection } from '../support/rejection.js';
import { virsh } from '../support/virsh/virsh.js';

const wrong = (value: unknown): never => value as never;
const MiB = 2 ** 20;

const poolXml = (name: string, path: string): string =>
  `<pool type="dir"><name>${name}</name><target><path>${path}</path></target></pool>`;
const volumeXml = (name: string, mebibytes: number, format = 'raw'): string =>
  `<volume><name>${name}</name><capacity unit="MiB">${mebibytes}</capacity><allocation>0</allocation>` +
  `<target><format type="${format}"/></target></volume>`;
const names = (objects: readonly { readonly name: string }[]): string[] =>
  objects.map(({ name }) => name).sort();

describe('the storage of the test host', () => {
  let connection: Connection;
  let pool: StoragePool;
  beforeEach(async () => {
    connection = await Connection.open('test:///default');
    pool = await connection.lookupStoragePoolByName('default-pool');
  });
  afterEach(() => connection.close());

  it('should have pools that are defined, built, started, stopped, deleted and undefined', async () => {
    const kept = await connection.defineStoragePool(poolXml('kept', '/kept'));
    expect(kept).to.be.instanceOf(StoragePool).and.include({ name: 'kept' });
    expect([await kept.isActive(), await kept.isPersistent()]).to.deep.equal([false, true]);
    await kept.build();
    await kept.create();
    await kept.refresh();
    expect(await kept.isActive()).to.equal(true);
    await kept.destroy();
    await kept.delete({ zeroed: false });
    await kept.undefine();
    expect(names(await connection.listStoragePools())).to.deep.equal(['default-pool']);
    const passing = await connection.createStoragePool(poolXml('passing', '/passing'));
    expect([await passing.isActive(), await passing.isPersistent()]).to.deep.equal([true, false]);
    await passing.destroy();
    expect(names(await connection.listStoragePools())).to.deep.equal(['default-pool']);
  });

  it('should have pools that start with the host, or not', async () => {
    for (const autostart of [true, false]) {
      await pool.setAutostart(autostart);
      expect(await pool.autostart()).to.equal(autostart);
    }
  });

  it('should have volumes that are found by their pool, key and path, and find their pool', async () => {
    expect(await pool.listVolumes()).to.deep.equal([]);
    const volume = await pool.createVolume(volumeXml('one', 10));
    expect(volume).to.be.instanceOf(StorageVolume).and.include({ name: 'one', key: '/default-pool/one' });
    expect(await pool.lookupVolumeByName('one')).to.deep.equal(volume);
    expect(await connection.lookupStorageVolumeByKey('/default-pool/one')).to.deep.equal(volume);
    expect(await connection.lookupStorageVolumeByPath('/default-pool/one')).to.deep.equal(volume);
    for (const found of [volume, await connection.lookupStorageVolumeByPath('/default-pool/one')])
      expect(await found.pool()).to.deep.equal(pool);
    expect(await volume.path()).to.equal('/default-pool/one');
    expect(await volume.xml()).to.contain('<key>/default-pool/one</key>');
    expect(await volume.info()).to.deep.equal({
      type: 'file',
      typeNumber: 0,
      capacityBytes: 10 * MiB,
      allocationBytes: 0,
    });
    await pool.createVolume(volumeXml('two', 10), { from: volume });
    expect(names(await pool.listVolumes())).to.deep.equal(['one', 'two']);
    await volume.delete();
    expect(names(await pool.listVolumes())).to.deep.equal(['two']);
    expect(await rejection(pool.lookupVolumeByName('one')))
      .to.include({ code: 'VIR_ERR_NO_STORAGE_VOL' })
      .and.have.property('message')
      .that.contains("storage pool 'default-pool' can't be searched for volume 'one' on test:///default: ");
  });

  it('should find the sources of pools', async () => {
    expect(await connection.findStoragePoolSources('logical')).to.contain('<name>testvg1</name>');
    const sourceSpec = '<source><host name="far"/></source>';
    expect(await connection.findStoragePoolSources('netfs', { sourceSpec })).to.contain("<host name='far'/>");
  });

  it('should refuse wrong arguments before libvirt is asked', async () => {
    const volume = await pool.createVolume(volumeXml('one', 10));
    await using other = await Connection.open('test:///default');
    const [foreign] = await other.listStoragePools();
    const elsewhere = await foreign?.createVolume(volumeXml('elsewhere', 10));
    for (const refused of [
      () => connection.defineStoragePool(wrong(1)),
      () => connection.defineStoragePool('', wrong({ build: true })),
      () => connection.createStoragePool('', wrong({ validate: true })),
      () => connection.lookupStoragePoolByTargetPath('/\0'),
      () => connection.lookupStorageVolumeByKey(wrong(1)),
      () => connection.lookupStorageVolumeByPath(wrong(undefined)),
      () => connection.findStoragePoolSources(wrong(1)),
      () => connection.findStoragePoolSources('logical', wrong({ sourceSpec: {} })),
      () => connection.listStoragePools({ type: wrong('floppy') }),
      () => connection.listStoragePools({ type: wrong(['dir', 'toString']) }),
      () => connection.storagePoolCapabilities(wrong({ type: 'dir' })),
      () => pool.build(wrong({ overwrite: 1 })),
      () => pool.setAutostart(wrong(1)),
      () => pool.lookupVolumeByName(wrong(null)),
      () => pool.createVolume(wrong(null)),
      () => pool.createVolume('', { from: wrong(pool) }),
      () => pool.createVolume('', { from: wrong({ name: 'one', key: '/default-pool/one' }) }),
      () => pool.createVolume('', { from: wrong(elsewhere) }),
      () => volume.resize(wrong('1')),
      () => volume.resize(1, wrong({ grow: true })),
      () => volume.wipe({ algorithm: wrong('acid') }),
      () => volume.delete(wrong({ zero: true })),
      () => volume.info(wrong({ physical: 1 })),
      () => volume.info(wrong({ zero: true })),
    ]) {
      expect(await rejection(refused()), String(refused)).to.be.instanceOf(TypeError);
    }
    for (const size of [-1, 1.5, 2 ** 53, -1n, 2n ** 64n])
      expect(await rejection(volume.resize(size)), String(size)).to.be.instanceOf(RangeError);
    expect(() => new (wrong(StorageVolume) as new () => unknown)()).to.throw(
      TypeError,
      'is made by a connection',
    );
  });
});

describe('the storage of a real host', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  let pool: StoragePool;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
    pool = await connection.createStoragePool(poolXml('passing', host.directory.join('passing')), {
      build: true,
    });
  });
  after(() => disposeAll(connection, host));

  it('should build and delete the folder of a pool, and list it by its type', async () => {
    const path = host.directory.join('kept');
    const kept = await connection.defineStoragePool(poolXml('kept', path));
    await kept.build();
    expect(await rejection(kept.build({ overwrite: true }))).to.include({
      code: 'VIR_ERR_OPERATION_INVALID',
    });
    expect(statSync(path).isDirectory()).to.equal(true);
    await kept.create({ build: true });
    const other = `<uuid>${kept.uuid}</uuid>${poolXml('kept', `${path}-other`).slice('<pool type="dir">'.length)}`;
    await connection.defineStoragePool(`<pool type="dir">${other}`);
    expect(await kept.xml()).to.contain(`<path>${path}</path>`);
    expect(await kept.xml({ inactive: true })).to.contain(`<path>${path}-other</path>`);
    await connection.defineStoragePool(other.replace(/^/, '<pool type="dir">').replace('-other', ''));
    expect(names(await connection.listStoragePools({ type: 'dir' }))).to.deep.equal(['kept', 'passing']);
    expect(
      names(await connection.listStoragePools({ type: ['fs', 'dir', 'fs'], persistent: true })),
    ).to.deep.equal(['kept']);
    expect(await connection.listStoragePools({ type: ['fs', 'zfs', 'iscsi-direct'] })).to.deep.equal([]);
    await kept.setAutostart(true);
    expect(names(await connection.listStoragePools({ autostart: true }))).to.deep.equal(['kept']);
    await kept.destroy();
    await kept.delete();
    expect(statSync(path, { throwIfNoEntry: false })).to.equal(undefined);
    await kept.undefine();
  });

  it('should see a new volume when the pool is refreshed', async () => {
    writeFileSync(host.directory.join('passing', 'copied-here'), 'x'.repeat(1000));
    expect(await rejection(pool.lookupVolumeByName('copied-here'))).to.include({
      code: 'VIR_ERR_NO_STORAGE_VOL',
    });
    await pool.refresh();
    const volume = await pool.lookupVolumeByName('copied-here');
    expect(await volume.info()).to.include({ type: 'file', capacityBytes: 1000 });
    expect(await volume.info({ physical: true })).to.include({ type: 'file', allocationBytes: 1000 });
    await volume.delete();
    expect(statSync(host.directory.join('passing', 'copied-here'), { throwIfNoEntry: false })).to.equal(
      undefined,
    );
  });

  it('should resize a volume, and wipe it', async () => {
    const volume = await pool.createVolume(volumeXml('resized', 1));
    const path = host.directory.join('passing', 'resized');
    expect(await volume.path()).to.equal(path);
    await volume.resize(2 * MiB);
    expect(statSync(path).size).to.equal(2 * MiB);
    await volume.resize(1n * BigInt(MiB), { delta: true });
    expect(statSync(path).size).to.equal(3 * MiB);
    expect(await rejection(volume.resize(MiB))).to.include({ code: 'VIR_ERR_INVALID_ARG' });
    await volume.resize(MiB, { shrink: true });
    expect(statSync(path).size).to.equal(MiB);
    await volume.resize(2 * MiB, { allocate: true });
    expect(statSync(path).blocks * 512).to.be.at.least(MiB);
    writeFileSync(path, Buffer.alloc(2 * MiB, 'secret'));
    await pool.refresh();
    await volume.wipe();
    expect(readFileSync(path).equals(Buffer.alloc(2 * MiB))).to.equal(true);
    await volume.delete();
  });

  it('should create a volume with its metadata, and copy another one', async () => {
    const path = host.directory.join('passing', 'from');
    const from = await pool.createVolume(volumeXml('from', 1));
    writeFileSync(path, Buffer.alloc(MiB, 'data'));
    await pool.refresh();
    await pool.createVolume(volumeXml('copy', 1), { from });
    expect(readFileSync(host.directory.join('passing', 'copy')).equals(readFileSync(path))).to.equal(true);
    const sparse = await pool.createVolume(volumeXml('sparse', 64, 'qcow2'));
    const full = await pool.createVolume(volumeXml('full', 64, 'qcow2'), { preallocMetadata: true });
    expect(await full.info()).to.include({ capacityBytes: 64 * MiB });
    const size = async (volume: StorageVolume): Promise<number> =>
      (await volume.info({ physical: true })).allocationBytes;
    expect(await size(full)).to.be.greaterThan(await size(sparse));
    if (isAtLeast(8, 10)) {
      const flying = volumeXml('flying', 1).replace('<capacity', '<flying/><capacity');
      expect(await rejection(pool.createVolume(flying, { validate: true }))).to.include({
        code: 'VIR_ERR_XML_INVALID_SCHEMA',
      });
    }
    const printed = await virsh(host.uri, 'vol-list', 'passing');
    expect(names(await pool.listVolumes())).to.deep.equal(['copy', 'from', 'full', 'sparse']);
    expect([...printed.matchAll(/^ *(\S+) +\//gm)].map(([, name]) => name).sort()).to.deep.equal([
      'copy',
      'from',
      'full',
      'sparse',
    ]);
  });

  it('should say which pools it can have', async () => {
    const capabilities = await connection.storagePoolCapabilities();
    expect(capabilities).to.match(/<pool type='dir' supported='yes'>/);
    expect(await virsh(host.uri, 'pool-capabilities')).to.contain(capabilities.trim());
  });

  it('should find a pool by its folder', async () => {
    expect(await connection.lookupStoragePoolByTargetPath(host.directory.join('passing'))).to.deep.equal(
      pool,
    );
    expect(await rejection(connection.lookupStoragePoolByTargetPath('/nowhere'))).to.include({
      code: 'VIR_ERR_NO_STORAGE_POOL',
    });
  });
});
