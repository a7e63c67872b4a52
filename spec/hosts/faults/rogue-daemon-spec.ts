import { expect } from 'chai';
import { RogueDaemon, type Manner } from '../../support/hosts/rogue-daemon.js';
import { Watched } from '../../support/hosts/watched.js';
import { ScriptedLibvirtd, type ClientSession } from '../../support/scripted-libvirtd/index.js';
import { RigDirectory } from '../../support/libvirtd/rig-directory.js';
import { message } from '../../support/hosts/rogue-message.js';

const timeout = 300;
const toleranceMs = 1000;

describe('a watched host whose daemon misbehaves while it is opened', () => {
  let directory: RigDirectory;
  let socketPath: string;
  beforeEach(() => {
    directory = new RigDirectory();
    socketPath = directory.join('libvirt-sock');
  });
  afterEach(() => directory.remove());

  for (const [manner, failure] of [
    ['mute', { name: 'TimeoutError', timeout }],
    ['half a message', { name: 'TimeoutError', timeout }],
    ['garbage', { name: 'LibvirtError', code: 'VIR_ERR_RPC' }],
    ['huge length', { name: 'LibvirtError', code: 'VIR_ERR_RPC' }],
    ['unasked reply', { name: 'LibvirtError', code: 'VIR_ERR_RPC' }],
  ] as const satisfies readonly (readonly [Manner, object])[]) {
    it(`should give up the attempt, wait, and connect when a proper daemon follows (${manner})`, async () => {
      const rogue = await RogueDaemon.listen(socketPath, manner);
      const begin = Date.now();
      await using watched = new Watched(`test+unix:///default?socket=${socketPath}`, { timeout });
      const waiting = await watched.status('waiting');
      expect(waiting.error).to.include(failure);
      expect(Date.now() - begin).to.be.below(timeout + toleranceMs);
      expect(watched.host.health().status.state).to.not.equal('connected');
      await rogue.close();
      await using daemon = await ScriptedLibvirtd.start({ socketPath });
      await watched.domains.until((maps) => maps.at(-1)?.size === daemon.domains.all.length);
      expect(watched.story).to.deep.equal(['connecting', 'waiting', 'connecting', 'connected']);
      expect(rogue.clients).to.be.above(0);
    });
  }
});

describe('a watched host whose daemon misbehaves while it is connected', () => {
  const misdeeds: Readonly<
    Record<string, { readonly reason: string; readonly act: (client: ClientSession) => unknown }>
  > = {
    'sends garbage': { reason: 'error', act: (client) => client.sendGarbage() },
    'sends half a message, and then nothing': {
      reason: 'keepalive',
      act: (client) => {
        client.setDeaf(true);
        return client.send(message('half a message'));
      },
    },
    'sends half a message and hangs up': {
      reason: 'end-of-file',
      act: (client) => client.sendHalf(message('unasked reply')),
    },
    'sends a huge length': { reason: 'error', act: (client) => client.send(message('huge length')) },
    'sends a reply nobody asked for': {
      reason: 'error',
      act: (client) => client.send(message('unasked reply')),
    },
    'hangs up': { reason: 'end-of-file', act: (client) => client.drop() },
  };
  for (const [what, { reason, act }] of Object.entries(misdeeds)) {
    it(`should say '${reason}', and be right again by the next connection, when it ${what}`, async () => {
      await using daemon = await ScriptedLibvirtd.start();
      // A ping that meets a socket that was just hung up is an error to libvirt, no end of file.
      const keepAlive = reason === 'keepalive' && { interval: 1, count: 1 };
      await using watched = new Watched(daemon.uri, { keepAlive });
      await watched.complete();
      const [client] = daemon.clients;
      if (client === undefined) throw new Error('a registration has a client');
      await act(client);
      expect(await watched.status('lost')).to.include({ epoch: 1, reason });
      daemon.domains.act('suspend', daemon.domains.get({ name: 'alpha' }).uuid);
      await watched.events.until(() => watched.gaps.length === 1);
      await watched.domains.until(
        (maps) => [...(maps.at(-1)?.values() ?? [])].find(({ name }) => name === 'alpha')?.state === 'paused',
      );
      expect(watched.gaps[0]).to.include({ reason });
      expect(watched.host.health()).to.deep.include({ troubles: [] });
      expect(watched.host.health().status).to.include({ state: 'connected', epoch: 2 });
    });
  }
});
