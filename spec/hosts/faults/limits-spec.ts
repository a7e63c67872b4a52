import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { agreement, differences } from '../../support/hosts/agreement.js';
import { quick } from '../../support/hosts/quick.js';
import { Watcher, type WatcherAnswer } from '../../support/hosts/watcher.js';
import { PrivateLibvirtd } from '../../support/libvirtd/private-libvirtd.js';
import { Preload } from '../../support/programs/preload.js';

const run = promisify(execFile);
const longestMs = 20_000;

/** Lets the process open so many more file descriptors, and no more. They get the lowest free numbers. */
async function leaveFds({ pid }: Watcher, count: number): Promise<void> {
  const taken = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let limit = 0;
  for (let free = 0; free < count || taken.has(limit); limit++) if (!taken.has(limit)) free++;
  await run('prlimit', ['--pid', String(pid), `--nofile=${limit}:`]);
}

const allowFds = ({ pid }: Watcher) => run('prlimit', ['--pid', String(pid), '--nofile=1024:']);

async function until(watcher: Watcher, isRight: (answer: WatcherAnswer) => boolean): Promise<WatcherAnswer> {
  for (const end = performance.now() + longestMs; performance.now() < end;) {
    const answer = await watcher.ask();
    if (isRight(answer)) return answer;
    await delay(10);
  }
  throw new Error(`waited in vain; the watcher says ${JSON.stringify(await watcher.ask())}`);
}

const attempts = ({ openErrors }: WatcherAnswer): number =>
  Object.values(openErrors).reduce((sum, count) => sum + count, 0);

describe('a watched host in a process without', () => {
  let libvirtd: PrivateLibvirtd;
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  afterEach(() => libvirtd.stop());

  async function shouldAgree(watcher: Watcher): Promise<void> {
    expect(differences(await agreement(libvirtd.uri, watcher, longestMs))).to.deep.equal([]);
  }

  for (const free of [0, 1, 2, 7]) {
    it(`more than ${free} file descriptors for an open should wait, and connect when there are more`, async () => {
      await libvirtd.kill();
      await using watcher = new Watcher(libvirtd.uri, quick);
      const refused = await until(watcher, ({ state }) => state === 'waiting');
      await leaveFds(watcher, free);
      await libvirtd.restart();
      const before = attempts(refused);
      const { lastError } = await until(watcher, (answer) => attempts(answer) > before + 2);
      expect(lastError).to.match(/LibvirtError: .*too many open files/);
      await allowFds(watcher);
      await shouldAgree(watcher);
      await watcher.close();
    });
  }

  it('file descriptors to subscribe with should register all the same: that needs none', async () => {
    await using watcher = new Watcher(libvirtd.uri, quick);
    await shouldAgree(watcher);
    await leaveFds(watcher, 0);
    await watcher.ask({ ask: 'subscribe' });
    const { devices, troubles } = await until(watcher, (answer) => answer.devices > 0);
    expect(devices).to.be.above(1);
    expect(troubles).to.deep.equal([]);
    await allowFds(watcher);
    await shouldAgree(watcher);
    await watcher.close();
  });

  it('file descriptors to reconnect with should wait, and be right again when there are more', async () => {
    await using watcher = new Watcher(libvirtd.uri, quick);
    await shouldAgree(watcher);
    await libvirtd.kill();
    const before = attempts(await until(watcher, ({ state }) => state === 'waiting'));
    await leaveFds(watcher, 1);
    await libvirtd.restart();
    const answer = await until(watcher, (now) => attempts(now) > before + 2);
    expect(answer.lastError).to.match(/too many open files/);
    expect(answer.contents, 'what stays known').to.not.deep.equal([]);
    await allowFds(watcher);
    await shouldAgree(watcher);
    await watcher.close();
  });

  it('threads for the first open should wait, and connect when there are some', async () => {
    await using preload = await Preload.of('refuse-threads');
    await using watcher = new Watcher(libvirtd.uri, quick, { ...preload.env, THREADS_REFUSED: 'at first' });
    const { lastError, state } = await until(watcher, (answer) => attempts(answer) > 2);
    expect(lastError).to.match(/a thread for the call can't be started/);
    expect(state).to.not.equal('connected');
    rmSync(preload.file);
    await shouldAgree(watcher);
    await watcher.close();
  });

  it('new threads should reconnect all the same: it keeps those that it needs', async () => {
    await using preload = await Preload.of('refuse-threads');
    await using watcher = new Watcher(libvirtd.uri, quick, preload.env);
    await shouldAgree(watcher);
    writeFileSync(preload.file, '');
    await libvirtd.restart();
    await until(watcher, ({ gaps, state }) => gaps === 1 && state === 'connected');
    await shouldAgree(watcher);
    await watcher.close();
  });
});
