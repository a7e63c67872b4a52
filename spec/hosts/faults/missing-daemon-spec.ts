import { expect } from 'chai';
import { Watched } from '../../support/hosts/watched.js';
import { ScriptedLibvirtd } from '../../support/scripted-libvirtd/index.js';

// The answer of virtqemud when virtnetworkd isn't there.
const missing = {
  code: 38,
  domain: 7,
  message: "Failed to connect socket to '/run/libvirt/virtnetworkd-sock': Connection refused",
};

describe('a watched host of which one of several daemons is gone', () => {
  let daemon: ScriptedLibvirtd;
  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });
  afterEach(() => daemon.close());

  const wants = ({ host }: Watched): readonly string[] => host.health().troubles.map(({ what }) => what);

  it('should say which categories are missing, go on with the others, and have all when it is back', async () => {
    const faults = [
      daemon.faults.refuseEvent('network', 'lifecycle', missing),
      daemon.faults.fail('connect-list-all-networks', missing),
    ];
    await using watched = new Watched(daemon.uri);
    using events = watched.listenToNetworks();
    await watched.domains.until((maps) => maps.length > 0);
    await watched.storagePools.until((maps) => maps.length > 0);
    await daemon.waitForCalls('connect-list-all-networks', 2);
    daemon.domains.act('suspend', daemon.domains.get({ name: 'alpha' }).uuid);
    await watched.domains.until((maps) =>
      [...(maps.at(-1)?.values() ?? [])].some(({ name, state }) => name === 'alpha' && state === 'paused'),
    );
    expect([...wants(watched)].sort()).to.deep.equal([
      'events of networks',
      "network events 'lifecycle'",
      'networks',
    ]);
    expect(watched.host.health().status.state).to.equal('connected');
    expect(watched.networks.events).to.deep.equal([]);
    for (const fault of faults) fault.cancel();
    await watched.networks.until((maps) => maps.at(-1)?.size === 1);
    await events.registered();
    await daemon.waitFor('no troubles', () => wants(watched).length === 0 || undefined);
    expect(watched.story).to.deep.equal(['connecting', 'connected']);
  });

  it('should keep a list of objects whose events alone are missing, and say that they may be late', async () => {
    daemon.faults.refuseEvent('network', 'lifecycle');
    await using watched = new Watched(daemon.uri);
    await watched.networks.until((maps) => maps.at(-1)?.size === 1);
    expect(wants(watched)).to.deep.equal(['events of networks']);
    // No event tells of this network. The next attempt to register lists it.
    daemon.inventory.networks.push({ name: 'second', uuid: 'de4a0000-0000-4000-8000-000000000002' });
    await watched.networks.until((maps) => maps.at(-1)?.size === 2);
    expect(wants(watched)).to.deep.equal(['events of networks']);
  });

  it('should no longer say that something is missing when nobody wants it', async () => {
    daemon.faults.refuseEvent('network', 'lifecycle', missing);
    await using watched = new Watched(daemon.uri);
    const events = watched.listenToNetworks();
    await daemon.waitFor('two troubles', () => wants(watched).length === 2 || undefined);
    watched.networks.stop();
    events.stop();
    expect(wants(watched)).to.deep.equal([]);
  });
});
