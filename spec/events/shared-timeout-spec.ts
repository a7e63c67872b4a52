import { expect } from 'chai';
import { Connection } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';

const uri = 'test:///default';

describe("connections to libvirt's test host, which share one timeout for their events", () => {
  it('should still get events after the one that the timeout was added for is closed', async () => {
    const first = await Connection.open(uri);
    await using second = await Connection.open(uri);
    await Listener.on((options) => first.domainEvents('lifecycle', options));
    const listener = await Listener.on((options) => second.domainEvents('lifecycle', options));
    const domain = await second.lookupDomainByName('test');
    await domain.suspend();
    await listener.heard(1);

    await first.close();
    await domain.resume();
    await listener.heard(2);
    await domain.suspend();
    await domain.resume();
    const events = await listener.heard(4);
    expect(events.map(({ event }) => event)).to.deep.equal(['suspended', 'resumed', 'suspended', 'resumed']);
  });
});
