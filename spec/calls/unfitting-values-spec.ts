import { expect } from 'chai';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { Connection, ConnectionClosedError, LibvirtError } from '../../lib/index.js';
import { fitting, fittings, unfitting, type Kind, type Objects } from '../support/calls/kinds.js';
import { methodsWithPromises, type Method } from '../support/calls/methods.js';
import { disposeAll } from '../support/libvirtd/dispose-all.js';
import { PrivilegedLibvirtd } from '../support/libvirtd/privileged-libvirtd.js';
import { rejection } from '../support/rejection.js';
import { testDomainXml } from '../support/test-domain-xml.js';
import { ownTestHostWithDisk } from '../support/test-host.js';

const nobody = '00000000-0000-4000-8000-000000000001';
const owner = `<owner><name>web</name><uuid>${nobody}</uuid></owner>`;
const mac = '<mac address="52:54:00:00:00:01"/>';
const networkXml = '<network><name>net</name><forward mode="bridge"/><bridge name="none"/></network>';
const bindingXml = `<filterbinding>${owner}<portdev name="lo"/>${mac}<filterref filter="silent"/></filterbinding>`;
const portXml = `<networkport><uuid>${nobody}</uuid>${owner}${mac}</networkport>`;
const volumeXml = '<volume><name>v</name><capacity>1</capacity></volume>';
const poolXml = '<pool type="dir"><name>p</name><target><path>/nowhere</path></target></pool>';

/** The objects of a host of the test driver, by the names of their classes. */
async function objectsOf(connection: Connection): Promise<Objects> {
  const Domain = await connection.lookupDomainByName('test');
  const other = await connection.createDomain(testDomainXml('other'));
  const StoragePool = await connection.createStoragePool(poolXml);
  return {
    Connection: connection,
    Domain,
    Snapshot: await other.createSnapshot('<domainsnapshot/>'),
    DomainCheckpoint: await Domain.createCheckpoint('<domaincheckpoint/>'),
    Network: await connection.createNetwork(networkXml),
    StoragePool,
    StorageVolume: await StoragePool.createVolume(volumeXml),
    NodeDevice: connection.nodeDevice({ name: 'computer' }),
    Interface: await connection.defineInterface('<interface type="ethernet" name="eth7"/>'),
    Secret: connection.secret({ uuid: nobody }),
    'MigrationDestination<Moved>': connection,
    AbortSignal: new AbortController().signal,
    '`rt${number}`': 'rt1',
  };
}

/** Those that the test driver has not. */
async function objectsOfPrivileged(connection: Connection): Promise<Objects> {
  const network = await connection.createNetwork(networkXml);
  return {
    NetworkPort: await network.createPort(portXml),
    NwFilter: await connection.defineNwFilter('<filter name="silent"/>'),
    NwFilterBinding: await connection.createNwFilterBinding(bindingXml),
  };
}

/** Where numbers below 0 have a meaning: a group of processes, a time before 1970, all cells, and no limit. */
const negatives: Readonly<Record<string, readonly string[]>> = {
  sendProcessSignal: ['pid'],
  setTime: ['seconds'],
  setSchedulerParameters: [
    ...['globalQuotaUs', 'vcpuQuotaUs', 'emulatorQuotaUs', 'ioThreadQuotaUs'],
    ...['reservation', 'limit', 'shares'],
  ],
  freePages: ['firstCell'],
  allocPages: ['firstCell'],
  setIoThreadParameters: ['threadPoolMin', 'threadPoolMax'],
};

async function run(object: unknown, name: string, values: readonly unknown[]): Promise<unknown> {
  return await (object as Record<string, (...values: readonly unknown[]) => unknown>)[name]?.(...values);
}

/** What happened instead of a TypeError or a RangeError before libvirt was reached. */
async function wrongEnds(objects: Objects, { owner, name, parameters }: Method): Promise<string[]> {
  const meant = negatives[name]?.map((each) => `a number below 0 for ${each}`) ?? [];
  const wrong: string[] = [];
  const reached: unknown[] = [];
  const note = (message: unknown) => reached.push(message);
  subscribe('rxvirt:call', note);
  for (const [index, parameter] of parameters.entries()) {
    for (const [what, value] of unfitting(parameter.name, parameter.kind, objects)) {
      if (meant.includes(what)) continue;
      const values = parameters.map(({ kind }, other) => (other === index ? value : fitting(kind, objects)));
      reached.length = 0;
      const end = await run(objects[owner], name, values).catch((error: unknown) => error);
      const isRefused = end instanceof TypeError || end instanceof RangeError;
      if (!isRefused || reached.length > 0) wrong.push(`${what}: ${String(end)}`);
    }
  }
  unsubscribe('rxvirt:call', note);
  return wrong;
}

const ofTestDriver = [
  'Connection',
  'Domain',
  'Snapshot',
  'DomainCheckpoint',
  'Network',
  'StoragePool',
  'StorageVolume',
  'NodeDevice',
  'Interface',
  'Secret',
];
const ofPrivileged = ['NetworkPort', 'NwFilter', 'NwFilterBinding'];
const isNamed = (owner: string) => ['Domain', 'Network', 'StoragePool', 'NodeDevice'].includes(owner);
const methods = methodsWithPromises([...ofTestDriver, ...ofPrivileged]);

function itShouldRefuse(owners: readonly string[], objects: () => Objects): void {
  for (const method of methods.filter(({ owner }) => owners.includes(owner)))
    it(`should be refused by ${method.owner}.${method.name}()`, async () => {
      expect(await wrongEnds(objects(), method)).to.deep.equal([]);
    });
}

describe('values that don’t fit', () => {
  let connection: Connection;
  let objects: Objects;
  before(async () => {
    connection = await Connection.open(ownTestHostWithDisk);
    objects = await objectsOf(connection);
  });
  after(() => connection.close());
  itShouldRefuse(ofTestDriver, () => objects);

  describe('of objects that the test driver has not', () => {
    let host: PrivilegedLibvirtd;
    let privileged: Connection;
    before(async function () {
      const reason = PrivilegedLibvirtd.unavailableReason();
      if (reason !== undefined) {
        console.error(`\n*** NOT TESTED with ${ofPrivileged.join(', ')}: ${reason} ***\n`);
        this.skip();
      }
      host = await PrivilegedLibvirtd.start();
      privileged = await Connection.open(host.uri);
      objects = await objectsOfPrivileged(privileged);
    });
    after(() => disposeAll(privileged, host));
    itShouldRefuse(ofPrivileged, () => objects);
  });
});

const isNotClose = ({ owner, name }: Method): boolean => ofTestDriver.includes(owner) && name !== 'close';

describe('the methods of a closed connection and its objects', () => {
  let objects: Objects;
  before(async () => {
    const connection = await Connection.open(ownTestHostWithDisk);
    objects = await objectsOf(connection);
    await connection.close();
  });
  for (const { owner, name, parameters } of methods.filter(isNotClose))
    it(`should reject with ConnectionClosedError whatever fits: ${owner}.${name}()`, async () => {
      for (const [index, parameter] of [{ kind: { is: 'nothing' } as Kind }, ...parameters].entries()) {
        for (const value of fittings(parameter.kind, objects)) {
          const values = parameters.map(({ kind }, other) =>
            other === index - 1 ? value : fitting(kind, objects),
          );
          const error = await rejection(run(objects[owner], name, values));
          expect(error, inspect(values)).to.be.instanceOf(ConnectionClosedError);
        }
      }
    });
});

describe('the methods of an object that is gone', () => {
  let connection: Connection;
  let objects: Objects;
  before(async () => {
    connection = await Connection.open(ownTestHostWithDisk);
    objects = {
      Domain: connection.domain({ uuid: nobody }),
      Network: connection.network({ uuid: nobody }),
      StoragePool: connection.storagePool({ uuid: nobody }),
      NodeDevice: connection.nodeDevice({ name: 'nothing' }),
      'MigrationDestination<Moved>': connection,
    };
  });
  after(() => connection.close());
  for (const { owner, name, parameters } of methods.filter(({ owner }) => isNamed(owner)))
    it(`should reject with a LibvirtError that says so: ${owner}.${name}()`, async () => {
      const values = parameters.map(({ kind }) => fitting(kind, objects));
      const error = await rejection(run(objects[owner], name, values));
      expect(error).to.be.instanceOf(LibvirtError);
      // Nothing is looked up for a function that the installed libvirt doesn't have.
      expect(`${(error as LibvirtError).code} ${(error as LibvirtError).message}`).to.match(
        /^VIR_ERR_NO_SUPPORT .* needs libvirt|^VIR_ERR_NO_(DOMAIN|NETWORK|STORAGE_POOL|NODE_DEVICE) /,
      );
    });
});
