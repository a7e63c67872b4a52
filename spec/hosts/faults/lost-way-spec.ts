import { expect } from 'chai';
import { TcpWay } from '../../support/hosts/tcp-way.js';
import { Watched } from '../../support/hosts/watched.js';
import { ScriptedLibvirtd } from '../../support/scripted-libvirtd/index.js';

describe('a watched host whose TCP connection is reset', () => {
  it('should begin the gap before an event that was lost on its way', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    await using way = await TcpWay.to(daemon.socketPath);
    await using watched = new Watched(way.uri);
    await watched.complete();
    way.loseEvents();
    const sentAt = Date.now();
    const { uuid } = daemon.domains.get({ name: 'alpha' });
    daemon.domains.act('suspend', uuid);
    way.reset();
    const lost = await watched.status('lost');
    expect(lost.from).to.be.at.most(sentAt);
    await watched.events.until((items) => items.some(({ type }) => type === 'gap'));
    expect(watched.events.events.map(({ type }) => type)).to.deep.equal(['gap']);
    await watched.agreed(2);
  });
});
