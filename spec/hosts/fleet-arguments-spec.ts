import { expect } from 'chai';
import { filter, firstValueFrom } from 'rxjs';
import { Fleet, FleetError, Host, watchAll } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { rejection } from '../support/rejection.js';

describe('the hosts of a fleet', () => {
  const uri = 'test:///default';
  let fleet: Fleet;
  beforeEach(() => {
    fleet = watchAll([uri], { reconnect: false });
  });
  afterEach(() => fleet.close());

  it('should be named by their URIs, without passwords, unless they are given names', async () => {
    expect(fleet.add('esx://root:geheim@localhost:1/').name).to.not.include('geheim');
    expect(fleet.add(uri, { name: 'second' }).name).to.equal('second');
    expect(fleet.add('').name).to.equal('default');
    expect(fleet.hosts.size).to.equal(4);
    const before = fleet.hosts;
    await fleet.remove(uri);
    expect([before.has(uri), fleet.hosts.has(uri)]).to.deep.equal([true, false]);
  });

  it('should stay, whatever happens to the map of them', () => {
    (fleet.hosts as Map<string, unknown>).clear();
    expect([...fleet.hosts.keys()]).to.deep.equal([uri]);
  });

  it('should have different names', () => {
    for (const add of [() => fleet.add(uri), () => watchAll([uri, uri])])
      expect(add)
        .to.throw(FleetError, /has a host test:\/\/\/default; give this one another name/)
        .that.includes({ code: 'ERR_HOST_EXISTS', host: uri });
  });

  it('should be known to be removed', async () => {
    const error = await rejection(fleet.remove('nobody'));
    expect(error).to.be.instanceOf(FleetError).that.includes({ code: 'ERR_NO_SUCH_HOST', host: 'nobody' });
    expect(error)
      .to.have.property('message')
      .that.matches(/no host "nobody"; fleet.hosts has/);
    for (const wrong of [undefined, Symbol('nobody')])
      expect(await rejection(fleet.remove(wrong as never)))
        .to.be.instanceOf(TypeError)
        .that.has.property('message')
        .that.matches(/^name must be a string/);
    expect(await rejection(fleet.remove('nobody', 5 as never)))
      .to.have.property('message')
      .that.equals('the options of remove must be an object, got a value of type number');
  });
});

describe('watchAll', () => {
  const uri = 'test:///default';

  it('should be the only way to make a fleet, as watch is for a host', () => {
    expect(() => void Reflect.construct(Fleet, [])).to.throw(
      TypeError,
      'a Fleet is made by watchAll(), not by new',
    );
    expect(() => void Reflect.construct(Host, [])).to.throw(
      TypeError,
      'a Host is made by watch() or watchAll(), not by new',
    );
  });

  for (const [uris, options, message] of [
    ['test:///default', {}, /uris must be an array of URIs or an object/],
    [undefined, {}, /uris must be an array of URIs or an object .*, got undefined/],
    [new Map([['one', 'test:///default']]), {}, /uris must be an array/],
    [['test:///default', 1], {}, /uri must be a string/],
    [[, 'test:///default'], {}, /uri must be a string, got undefined/],
    [new Date(0), {}, /uris must be an array/],
    [{ [Symbol('one')]: 'test:///default' }, {}, /uris has a symbol as key/],
    [{ one: null }, {}, /uri must be a string/],
    [{ '': 'test:///default' }, {}, /^uris has an empty key; its keys name the hosts$/],
    [[], { name: 'all' }, /watchAll has no option 'name'/],
    [[], { retry: 1 }, /watchAll has no option 'retry'/],
    [[], { resync: 0 }, /resync must be/],
  ] as const) {
    it(`should refuse ${JSON.stringify(uris)} with ${JSON.stringify(options)}`, () => {
      expect(() => watchAll(uris as never, options as never)).to.throw(message);
    });
  }

  it('should tell that it has registered when it has no hosts', async () => {
    await using fleet = watchAll([]);
    using events = await Listener.on((options) => fleet.domainEvents('lifecycle', options));
    expect(events.events).to.deep.equal([]);
  });

  it('should say how each host is doing', async () => {
    await using fleet = watchAll({ one: uri, two: uri });
    const connected = [...fleet.hosts.values()].map((host) =>
      firstValueFrom(host.status.pipe(filter(({ state }) => state === 'connected'))),
    );
    await Promise.all(connected);
    const health = fleet.health();
    expect(health.connected).to.equal(2);
    expect(health.hosts.map(({ host, status, troubles }) => [host, status.state, troubles])).to.deep.equal([
      ['one', 'connected', []],
      ['two', 'connected', []],
    ]);
  });

  it('should refuse wrong options of streams, also while it has no hosts', async () => {
    await using fleet = watchAll([]);
    expect(() => fleet.domainEvents('lifecycle', { uuid: 'x' } as never)).to.throw(
      TypeError,
      /no option 'uuid'/,
    );
    for (const categories of ['domain', ['x'], ['domain', 'connection'], [undefined]])
      expect(() => fleet.events({ categories: categories as never })).to.throw(
        TypeError,
        /^categories must be an array of domain, network, .*, qemu-monitor; status tells of the connection$/,
      );
    expect(() => fleet.qemuMonitorEvents()).to.throw(TypeError, /readOnly: false/);
    using unknown = new Listener(() => fleet.domainEvents('lifecycles' as 'lifecycle'));
    expect(String(await unknown.failed())).to.include('rxvirt knows no domain events');
    expect(() => fleet.add('test:///default', { uri: 'x' } as never)).to.throw(
      TypeError,
      /add has no option/,
    );
    expect(() => fleet.add('test:///default', { name: '' })).to.throw(
      TypeError,
      /^the name of a host must not be empty/,
    );
    expect(await rejection(fleet.close({ timeout: -1 }))).to.be.instanceOf(RangeError);
  });
});
