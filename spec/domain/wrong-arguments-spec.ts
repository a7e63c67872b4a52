import { expect } from 'chai';
import { Connection, type Domain } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';

/** A wrong value in place of one of any type. */
const wrong = (value: unknown): never => value as never;

type Call = (domain: Domain) => Promise<unknown>;

const typeErrors: Readonly<Record<string, readonly [message: string, call: Call]>> = {
  'a misspelt option': ['pivoting', (domain) => domain.abortBlockJob('vda', wrong({ pivoting: true }))],
  'a misspelt inherited option': [
    'bandwith',
    (domain) => domain.blockPull('vda', wrong(Object.create({ bandwith: 1 }))),
  ],
  'options that are no object': ['must be an object', (domain) => domain.blockPull('vda', wrong('fast'))],
  'an option that is no boolean': ['pivot', (domain) => domain.abortBlockJob('vda', { pivot: wrong(1) })],
  'a number for a disk': ['disk', (domain) => domain.blockCommit(wrong(1))],
  'a text for a bandwidth': [
    'bandwidthBytesPerSecond',
    (domain) => domain.blockPull('vda', { bandwidthBytesPerSecond: wrong('1M') }),
  ],
  'a misspelt parameter of a migration': [
    'bandwidth',
    (domain) => domain.migrateToUri(null, wrong({ bandwidth: 1 })),
  ],
  'half a character': ['half of a character', (domain) => domain.rename('\ud800')],
  'another permission for a URI': [
    'allow',
    (domain) => domain.migrateToUri('qemu+ssh://host/system', {}, { allow: [wrong('everything')] }),
  ],
  'a number for a list of disks': [
    'migrateDisks',
    (domain) => domain.migrateToUri(null, { migrateDisks: wrong(1) }),
  ],
  'another state': ['state', (domain) => domain.save('/nowhere', { state: wrong('stopped') })],
  'another format of a dump': ['format', (domain) => domain.coreDump('/nowhere', { format: wrong('elf') })],
  'a word for a timeout of the agent': ['seconds', (domain) => domain.setAgentResponseTimeout(wrong('soon'))],
  'another word for a time': ['time', (domain) => domain.setTime(wrong('utc'))],
  'a number for a time': ['time', (domain) => domain.setTime(wrong(5))],
  'a name for several cpus': ['cpus', (domain) => domain.setGuestVcpus(wrong('1-3'), true)],
  'a number for online': ['online', (domain) => domain.setGuestVcpus([1], wrong(1))],
  'one key for several': ['keys', (domain) => domain.sendKey(wrong(28))],
  'another set of keys': ['codeset', (domain) => domain.sendKey([28], { codeset: wrong('mac') })],
  'another signal': ['signal', (domain) => domain.sendProcessSignal(1, wrong('SIGTERM'))],
  'a signal beyond the last': ['signal', (domain) => domain.sendProcessSignal(1, 'rt33')],
  'one mount point for several': ['mountpoints', (domain) => domain.fsFreeze({ mountpoints: wrong('/') })],
  'another type of metadata': ['type', (domain) => domain.metadata(wrong('name'))],
  'a null character': ['metadata', (domain) => domain.setMetadata('title', 'a\0b')],
  'another action': ['action', (domain) => domain.setLifecycleAction('crash', wrong('explode'))],
  'another type of snapshot': ['taken', (domain) => domain.listSnapshots({ taken: wrong('running') })],
  'no XML': ['xml', (domain) => domain.createSnapshot(wrong(undefined))],
  'no name': ['name', (domain) => domain.lookupCheckpointByName(wrong(null))],
  'one file for several': ['files', (domain) => domain.create({ files: wrong(3) })],
};

const rangeErrors: Readonly<Record<string, readonly [message: string, call: Call]>> = {
  'a bandwidth below 0': ['bandwidthBytesPerSecond', (domain) => domain.setBlockJobSpeed('vda', -1)],
  'half a millisecond': ['downtimeMs', (domain) => domain.setMigrationMaxDowntime(0.5)],
  'a timeout of the agent below 0': ['seconds', (domain) => domain.setAgentResponseTimeout(-1)],
  'a second of 10^9 nanoseconds': [
    'nanoseconds',
    (domain) => domain.setTime({ seconds: 1, nanoseconds: 1_000_000_000 }),
  ],
  'a cpu below 0': ['cpus[1]', (domain) => domain.setGuestVcpus([1, -1], true)],
  'a key beyond 32 bits': ['keys[0]', (domain) => domain.sendKey([2 ** 32])],
  'a duration beyond 64 bits': [
    'durationSeconds',
    (domain) => domain.pmSuspend('mem', { durationSeconds: 2n ** 64n }),
  ],
  'a file descriptor below 0': ['fd', (domain) => domain.openGraphics(0, -1)],
};

describe('wrong arguments of a domain’s methods', () => {
  let connection: Connection;
  let domain: Domain;
  before(async () => {
    connection = await Connection.open(ownTestHost);
    domain = await connection.lookupDomainByName('test');
  });
  after(() => connection.close());

  for (const [kind, table] of [
    [TypeError, typeErrors],
    [RangeError, rangeErrors],
  ] as const) {
    for (const [what, [message, call]] of Object.entries(table)) {
      it(`should be refused with a ${kind.name}: ${what}`, async () => {
        const error = await rejection(call(domain));
        expect(error).to.be.instanceOf(kind).and.to.have.property('message').that.includes(message);
      });
    }
  }

  it('should be refused when a file descriptor is not open', async () => {
    const error = await rejection(domain.openGraphics(0, 0x7fffffff));
    expect(error).to.be.an('error').and.to.have.property('message').that.includes('virDomainOpenGraphics');
  });
});
