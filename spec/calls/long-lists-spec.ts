import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../../lib/calls/call.js';
import { foundObjects } from '../../lib/calls/found.js';
import type { ConnectionState } from '../../lib/connection-state.js';
import { fetchDomainSnapshots, listDomainSnapshots } from '../../lib/domain/domain-snapshots.js';
import { foundStats } from '../../lib/domain/stats.js';
import { Connection, type Domain } from '../../lib/index.js';
import type { DomainHandle, FoundObjects, FoundStats } from '../../lib/native.js';
import { nativeBytesLeftByCycle } from '../support/bytes-left.js';
import { specNative } from '../native/spec-native.js';
import { OpenState } from '../support/connection/open-state.js';
import { requireLibvirt } from '../support/installed/require-libvirt.js';
import { rejection } from '../support/rejection.js';
import { testDomainXml } from '../support/test-domain-xml.js';

describe('lists of many domains', () => {
  const domains = 200;
  const cycles = 40;
  /** A limit in bytes for a list of 200 domains, whose smallest part takes much more. */
  const nothing = 4000;
  /** What the references of such a list take at least. */
  const ofWhole = 20_000;
  /** What eight lists of 10,000 take: so many calls run at once. */
  const ofEight = 25_000_000;
  let directory: string;
  let uri: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rxvirt-lists-'));
    const texts = Array.from({ length: domains }, (_, i) => testDomainXml(`domain-${i}`));
    await writeFile(join(directory, 'host.xml'), `<node>${texts.join('')}</node>`);
    uri = `test://${join(directory, 'host.xml')}`;
  });
  after(() => rm(directory, { recursive: true, force: true }));

  it('should have objects that each call their own domain, wherever it is in the list', async () => {
    await using connection = await Connection.open(uri);
    const listed = await connection.listDomains();
    const texts = await Promise.all(listed.map((domain) => domain.xml()));
    expect(texts.map((text) => /<name>(.*)<\/name>/.exec(text)?.[1])).to.deep.equal(
      listed.map(({ name }) => name),
    );
  });

  it('should not take memory faster than they release it when they are given up', async function () {
    this.timeout(600_000); // a sanitizer takes minutes
    const texts = Array.from({ length: 10_000 }, (_, i) => testDomainXml(`domain-${i}`));
    await writeFile(join(directory, 'great-host.xml'), `<node>${texts.join('')}</node>`);
    await using connection = await Connection.open(`test://${join(directory, 'great-host.xml')}`);
    const before = specNative.nativeBytes();
    let peak = 0;
    for (let list = 0; list < 150; list++) {
      const abort = new AbortController();
      const listed = rejection(connection.listDomains({ signal: abort.signal }));
      await sleep(4); // so that it has begun
      abort.abort();
      await listed;
      peak = Math.max(peak, specNative.nativeBytes() - before);
    }
    expect(peak).to.be.below(2 * ofEight);
  });

  it('should grow by the next neighbours alone with an object that is kept and never called', async function () {
    this.timeout(60_000);
    await using connection = await Connection.open(uri);
    const kept: (Domain | undefined)[] = [];
    const left = await nativeBytesLeftByCycle(cycles, async (count) => {
      for (let i = 0; i < count; i++) kept.push((await connection.listDomains())[i]);
    });
    expect(kept.every((domain) => domain !== undefined)).to.equal(true);
    expect(left).to.be.below(ofWhole / 2);
    expect(await kept.at(-1)?.state()).to.include({ state: 'running' });
  });

  for (const [what, list] of [
    ['domains', (state: ConnectionState, _: readonly DomainHandle[]) => listOf(state)],
    ['snapshots', (state: ConnectionState, _: readonly DomainHandle[]) => listDomainSnapshots(state)],
    ['fetched snapshots', fetchDomainSnapshots],
    ['statistics', (state: ConnectionState, _: readonly DomainHandle[]) => statisticsOf(state)],
  ] as const) {
    it(`should stay flat: ${what}`, async function () {
      this.timeout(60_000);
      // The older test driver has no statistics.
      if (what === 'statistics') requireLibvirt(this, 9, 0);
      await using open = await OpenState.of(uri);
      const handles = (await listDomainSnapshots(open.state)).map(({ handle }) => handle());
      const left = await nativeBytesLeftByCycle(cycles, async (count) => {
        for (let i = 0; i < count; i++) expect(await list(open.state, handles)).to.have.length(domains);
      });
      expect(left).to.be.below(nothing);
    });
  }
});

async function statisticsOf(connection: ConnectionState): Promise<readonly unknown[]> {
  const target = { connection, handle: connection.handle, title: 'domains' };
  const read = (found: FoundStats) => [...foundStats(found)].map(({ domain }) => domain.handle());
  return call(target, 'virConnectGetAllDomainStats', 'listed', read, [0, 0]);
}

async function listOf(connection: ConnectionState): Promise<readonly unknown[]> {
  const target = { connection, handle: connection.handle, title: 'domains' };
  const read = (found: FoundObjects<DomainHandle>) => [...foundObjects(found)];
  return call(target, 'virConnectListAllDomains', 'listed', read, [0]);
}
