import { expect } from 'chai';
import { take } from 'rxjs';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import { floodDomainName } from '../support/scripted-libvirtd/flood.js';
import { beBusy } from '../support/connection/several-connections.js';

describe('the delivery of events', () => {
  let scripted: ScriptedConnection;

  beforeEach(async () => {
    scripted = await ScriptedConnection.open();
  });

  afterEach(() => scripted.close());

  it('should skip the events of a subscriber that has left, and read the following ones correctly', async () => {
    const { connection, daemon } = scripted;
    const leaving = await Listener.on((options) =>
      connection.domainEvents('device-removed', options).pipe(take(1)),
    );
    const staying = await Listener.on((options) => connection.domainEvents('io-error', options));
    const domain = daemon.domains.get({ name: 'alpha' });
    // All are sent at once, so that they arrive together.
    const paths = Array.from({ length: 20 }, (_, index) => `/path/${index}`);
    for (const path of paths) {
      daemon.emit('domain', 'device-removed', { domain, devAlias: `alias of ${path}` });
      daemon.emit('domain', 'io-error', { domain, srcPath: path, devAlias: `disk of ${path}`, action: 1 });
    }
    const heard = await staying.heard(paths.length);
    expect(heard.map(({ srcPath, devAlias }) => [srcPath, devAlias])).to.deep.equal(
      paths.map((path) => [path, `disk of ${path}`]),
    );
    expect(leaving.events.map(({ devAlias }) => devAlias)).to.deep.equal(['alias of /path/0']);
  });

  it('should hand over batches of any size', async () => {
    const { connection, daemon } = scripted;
    const listener = await Listener.on((options) => connection.domainEvents('tunable', options));
    // Slow, so that the next events wait together: they have more numbers than EventDispatcher has room for at first.
    listener.onEvent = () => beBusy(1);
    const names = Array.from({ length: 1000 }, (_, index) => `parameter${index}`);
    const values = Array.from({ length: 60 }, (_, index) => index);
    for (const value of values) {
      daemon.emit('domain', 'tunable', {
        domain: daemon.domains.get({ name: 'alpha' }),
        params: names.map((field) => ({ field, type: 'int', value }) as const),
      });
    }
    const heard = await listener.heard(values.length);
    expect(
      heard.map(({ params }) => names.filter((name) => params[name] !== params['parameter0'])),
    ).to.deep.equal(values.map(() => []));
    expect(heard.map(({ params }) => params['parameter0'])).to.deep.equal(values);
  });

  it('should name each of very many domains, even when it has forgotten the earlier ones', async () => {
    const { connection, daemon } = scripted;
    // More than twice EventBatch's kMaxIdentities.
    const distinctDomains = 40_000;
    const listener = await Listener.on((options) => connection.domainEvents('lifecycle', options));
    await daemon.flood('all', { count: 2 * distinctDomains, distinctDomains });
    const heard = await listener.heard(2 * distinctDomains);
    const misnamed = heard.filter(
      ({ domain }, index) => domain.name !== floodDomainName(index % distinctDomains),
    );
    expect(misnamed.slice(0, 3)).to.deep.equal([]);
  });
});
