import { expect } from 'chai';
import { int, struct } from './codec.js';
import { floodDomainName, lifecycleDetails, lifecycleEvents, ScriptedLibvirtd } from './index.js';
import { domain } from './messages/objects.js';
import { Virsh } from './virsh.js';
import { WireClient } from './wire-client.js';
import { XdrReader } from './xdr.js';

const message = struct({ callbackId: int, domain, event: int, detail: int });

describe('flood of the scripted libvirtd', () => {
  let daemon: ScriptedLibvirtd;

  beforeEach(async () => {
    daemon = await ScriptedLibvirtd.start();
  });

  afterEach(() => daemon.close());

  it('should number its events and end with the marker', async () => {
    const client = await WireClient.connect(daemon.socketPath);
    const callbackId = await client.register(0);
    const [count, distinctDomains] = [10_000, 7];
    const result = await daemon.flood('all', { count, distinctDomains });
    expect(result).to.deep.equal({ sent: count, isComplete: true });
    const events = (await client.receives(count + 1)).map(({ payload }) =>
      message.read(new XdrReader(payload)),
    );
    const marker = events.pop();
    expect(events).to.have.length(count);
    events.forEach((event, index) => {
      expect(event.callbackId).to.equal(callbackId);
      expect(event.domain.id).to.equal(index + 1);
      expect(event.domain.name).to.equal(floodDomainName(index % distinctDomains));
      const isSuspend = Math.floor(index / distinctDomains) % 2 === 0;
      expect(event.event).to.equal(isSuspend ? lifecycleEvents.suspended : lifecycleEvents.resumed);
    });
    expect(new Set(events.map((event) => event.domain.uuid)).size).to.equal(distinctDomains);
    expect([marker?.event, marker?.detail]).to.deep.equal([
      lifecycleEvents.stopped,
      lifecycleDetails.stoppedFailed,
    ]);
    expect(marker?.domain.id).to.equal(count + 1);
    await client.close();
  });

  it('should wait for a client that does not read', async () => {
    const client = await WireClient.connect(daemon.socketPath);
    await client.register(0);
    client.setStalled(true);
    let isDone = false;
    const count = 50_000;
    const flood = daemon.flood('all', { count }).then((result) => {
      isDone = true;
      return result;
    });
    // Another client is served in the meantime. In that time all could have been written, if nothing held it back.
    const other = await WireClient.connect(daemon.socketPath);
    for (let calls = 0; calls < 100; calls += 1) await other.call('connect-get-uri');
    expect(isDone).to.equal(false);
    client.setStalled(false);
    expect(await flood).to.deep.equal({ sent: count, isComplete: true });
    await client.receives(count + 1);
    await Promise.all([client.close(), other.close()]);
  });

  it('should flood several callbacks, and tell when a client leaves', async () => {
    const clients = await Promise.all([1, 2].map(() => WireClient.connect(daemon.socketPath)));
    const [first, second] = clients;
    if (!first || !second) throw new Error('two clients were connected');
    const callbackId = await first.register(0);
    await second.register(0);
    expect((await daemon.flood('all', { count: 10 })).sent).to.equal(20);
    expect((await daemon.flood(callbackId, { count: 10 })).sent).to.equal(10);
    await first.receives(22);
    await second.receives(11);
    second.setStalled(true);
    const flood = daemon.flood('all', { count: 100_000 });
    await second.close();
    expect((await flood).isComplete).to.equal(false);
    await first.receives(100_023);
    await first.close();
  });

  it('should reach libvirt whole', async () => {
    const virsh = new Virsh(daemon.uri, 'event', '--event', 'lifecycle', '--loop');
    await daemon.waitForRegistrations('domain', 'lifecycle');
    await virsh.hears((attempt) => {
      const probe = { name: `probe-${attempt}`, uuid: Buffer.alloc(16, 1), id: 1 };
      daemon.emit('domain', 'lifecycle', { domain: probe, event: 0, detail: 0 });
      return `'${probe.name}': Defined Added\n`;
    });
    await daemon.flood('all', { count: 5000, distinctDomains: 2 });
    await virsh.prints('Stopped Failed');
    const names = virsh.output.split('\n').map((line) => /domain '(.*)'/.exec(line)?.[1]);
    expect(names.slice(0, 5001)).to.deep.equal(
      Array.from({ length: 5001 }, (_, index) => `flood-${index % 2}`),
    );
    await virsh.stop();
  });
});
