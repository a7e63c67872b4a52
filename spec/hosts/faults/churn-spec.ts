import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import { agreement, differences } from '../../support/hosts/agreement.js';
import { Churn } from '../../support/hosts/churn.js';
import { quick } from '../../support/hosts/quick.js';
import { randomOf } from '../../support/hosts/random.js';
import { Watcher } from '../../support/hosts/watcher.js';
import { PrivateLibvirtd } from '../../support/libvirtd/private-libvirtd.js';

const rounds = 200;
const longestMs = 20_000;

describe('a watched host amid a churn of domains by another process, whose daemon restarts at random', () => {
  it(`should hold what virsh lists at the end of each of ${rounds} rounds`, async function () {
    this.timeout(600_000);
    const seed = Date.now() % 1_000_000;
    const random = randomOf(seed);
    await using libvirtd = await PrivateLibvirtd.start();
    await using watcher = new Watcher(libvirtd.uri, quick);
    const churn = new Churn(libvirtd, random);
    for (let round = 1; round <= rounds; round++) {
      churn.start();
      await delay(random() * 80);
      await libvirtd.kill(random() < 0.8 ? 'SIGKILL' : 'SIGTERM');
      await libvirtd.restart();
      await delay(random() * 80);
      await churn.stop();
      const result = await agreement(libvirtd.uri, watcher, longestMs);
      expect(differences(result), `round ${round}, seed ${seed}`).to.deep.equal([]);
    }
    const { losses, gaps, events } = await watcher.ask();
    const lost = Object.values(losses).reduce((sum, count) => sum + count, 0);
    // A daemon that is killed during an attempt is not a loss.
    expect(lost, 'losses').to.be.within(rounds * 0.9, rounds);
    expect(gaps, 'gaps').to.be.within(rounds * 0.9, lost);
    expect(events, 'events').to.be.above(rounds);
    await watcher.close();
  });
});
