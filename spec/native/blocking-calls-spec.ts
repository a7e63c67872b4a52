import { expect } from 'chai';
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { Connection } from '../../lib/index.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { turns } from './recorded-source.js';

// These are more calls than libuv has threads (four), and more than the addon runs for one connection at once.
const hangingCalls = 12;

describe("libvirt's blocking calls", () => {
  it("should leave JavaScript, libuv's threads and other connections alone while a host is stuck", async () => {
    await using stuckHost = await PrivateLibvirtd.start({ keepaliveInterval: -1 });
    await using healthyHost = await PrivateLibvirtd.start();
    await using stuck = await Connection.open(stuckHost.uri);
    await using healthy = await Connection.open(healthyHost.uri);
    const domain = await stuck.lookupDomainByName('test');

    await stuckHost.pause();
    let settled = 0;
    const count = (): number => settled++;
    const hanging: Promise<unknown>[] = [];
    for (let i = 0; i < hangingCalls; i++) {
      hanging.push(stuck.lookupDomainByName('test').finally(count), domain.state().finally(count));
    }
    const opening = Array.from({ length: hangingCalls }, () => Connection.open(stuckHost.uri));
    try {
      await turns(20);

      expect(await readFile('/proc/self/comm', 'utf8')).to.not.equal('');
      expect((await lookup('localhost')).address).to.be.a('string');
      const found = await Promise.all(
        Array.from({ length: hangingCalls }, () => healthy.lookupDomainByName('test')),
      );
      expect(found.map(({ name }) => name)).to.deep.equal(Array(hangingCalls).fill('test'));
      await using another = await Connection.open(healthyHost.uri);
      expect((await (await another.lookupDomainByName('test')).state()).state).to.equal('running');
      expect(settled, 'the calls of the stuck host hang all the while').to.equal(0);
    } finally {
      stuckHost.resume();
    }
    await Promise.all(hanging);
    expect(settled).to.equal(2 * hangingCalls);
    for (const connection of await Promise.all(opening)) await connection.close();
  });
});
