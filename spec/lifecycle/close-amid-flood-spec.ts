import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '../../lib/index.js';
import { LoopTurns } from '../support/loop/loop-turns.js';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';
import { RemoteScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

const answerDelayMs = 1_000;

describe('closing during a flood', () => {
  it("should never wait for the daemon's answer on the JavaScript thread", async function () {
    this.timeout(90_000);
    await using daemon = await RemoteScriptedLibvirtd.start();
    const turns = new LoopTurns();
    for (let round = 0; round < 5; round++) {
      await daemon.call('hold', 'connect-close');
      const connections = await Promise.all(Array.from({ length: 6 }, () => Connection.open(daemon.uri)));
      for (const connection of connections) {
        const domain = await connection.lookupDomainByName('alpha');
        await new Promise<void>((onRegistered) => {
          connection.domainEvents('lifecycle', { onRegistered }).subscribe();
        });
        // Calls under way have references to the connection too.
        for (let i = 0; i < 3; i++) domain.state().catch(() => undefined);
      }
      daemon.call('flood', 'all', { count: 100_000, distinctDomains: 10 }).catch(() => undefined);
      await delay(5 * round);
      const closing = Promise.all(connections.map((connection) => connection.close()));
      await delay(answerDelayMs);
      await daemon.call('release', 'connect-close');
      await closing;
    }
    turns.stop();
    expect(turns.longestMs).to.be.below(answerDelayMs / 2);
  });

  it('should release the connection only when none of its callbacks is running', async () => {
    await using preload = await Preload.of('close-amid-callback');
    expect(await reportOf('close-amid-callback', [], { env: preload.env })).to.deep.equal({
      isLetGoAmidCallback: false,
    });
  });
});
