import { expect } from 'chai';
import { Gauge, Registry } from 'prom-client';
import { filter, firstValueFrom } from 'rxjs';
import { watch, watchAll, type Host } from '../../lib/index.js';
import { collectHosts, type HostSource } from '../../lib/prom-client/index.js';
import { Listener } from '../support/connection/listener.js';
import { quick } from '../support/hosts/quick.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { rejection } from '../support/rejection.js';

/** The samples of a scrape: each with its labels, without the comments. */
async function scrape(registry: Registry): Promise<Map<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

function registryOf(hosts: HostSource): Registry {
  const registry = new Registry();
  collectHosts(hosts, { registry });
  return registry;
}

const inState = (host: Host, wanted: string) =>
  firstValueFrom(host.status.pipe(filter(({ state }) => state === wanted)));

async function suspendAndResume(host: Host): Promise<void> {
  using events = await Listener.on((options) => host.domainEvents('lifecycle', options));
  const test = await (await host.connection()).lookupDomainByName('test');
  await test.suspend();
  await test.resume();
  await events.heard(2);
}

describe('the collector for prom-client', () => {
  it('should write the events of two hosts, each with its help, type and labels', async () => {
    await using one = watch('test:///default', { name: 'one', readOnly: false });
    await using two = watch('test:///default', { name: 'two' });
    const registry = registryOf([one, two]);
    await Promise.all([inState(one, 'connected'), inState(two, 'connected')]);
    await suspendAndResume(one);
    const text = await registry.metrics();
    expect(text).to.include(
      [
        '# HELP rxvirt_host_connected 1 while there is a connection to the host, otherwise 0.',
        '# TYPE rxvirt_host_connected gauge',
        'rxvirt_host_connected{host="one"} 1',
        'rxvirt_host_connected{host="two"} 1',
      ].join('\n'),
    );
    expect(text).to.include(
      [
        '# TYPE rxvirt_host_events_total counter',
        'rxvirt_host_events_total{host="one",category="domain",type="lifecycle"} 2',
        '',
      ].join('\n'),
    );
    const samples = await scrape(registry);
    expect(samples.get('rxvirt_timeouts')).to.be.above(0);
    expect(samples.get('rxvirt_loop_lag_seconds')).to.be.within(0, 60);
  });

  it('should count the restart of a daemon', async () => {
    await using libvirtd = await PrivateLibvirtd.start();
    await using host = watch(libvirtd.uri, { ...quick, name: 'restarted' });
    const registry = registryOf([host]);
    await suspendAndResume(host);
    const events = 'rxvirt_host_events_total{host="restarted",category="domain",type="lifecycle"}';
    const before = await scrape(registry);
    expect(before.get(events)).to.equal(2);
    expect(before.get('rxvirt_watches')).to.be.above(0);
    await libvirtd.kill();
    await inState(host, 'waiting');
    expect((await scrape(registry)).get('rxvirt_host_connected{host="restarted"}')).to.equal(0);
    await libvirtd.restart();
    await inState(host, 'connected');
    const after = await scrape(registry);
    expect(after.get('rxvirt_host_connected{host="restarted"}')).to.equal(1);
    expect(after.get('rxvirt_host_reconnects_total{host="restarted"}')).to.equal(1);
    expect(after.get('rxvirt_host_gap_seconds_total{host="restarted"}')).to.equal(host.metrics().gapSeconds);
    expect(host.metrics().gapSeconds).to.be.above(0);
    expect(after.get(events)).to.equal(2);
  });

  it('should follow a fleet whose hosts are added and removed', async () => {
    await using fleet = watchAll({ one: 'test:///default', two: 'test:///default' });
    const registry = registryOf(fleet);
    const hosts = async () =>
      [...(await scrape(registry)).keys()].filter((key) => key.startsWith('rxvirt_host_connected'));
    expect(await hosts()).to.have.length(2);
    await fleet.remove('one');
    expect(await hosts()).to.deep.equal(['rxvirt_host_connected{host="two"}']);
    expect((await registry.metrics()).includes('host="one"')).to.equal(false);
    fleet.add('test:///default', { name: 'three' });
    expect(await hosts()).to.deep.equal([
      'rxvirt_host_connected{host="two"}',
      'rxvirt_host_connected{host="three"}',
    ]);
  });

  it('should ask each host once for each scrape, from any kind of source', async () => {
    await using host = watch('test:///default', { name: 'asked' });
    let asked = 0;
    const counting = { name: host.name, metrics: () => (asked++, host.metrics()) };
    const sources: HostSource[] = [[counting], new Map([['a', counting]]), () => new Set([counting])];
    for (const source of sources) {
      const registry = registryOf(source);
      asked = 0;
      await scrape(registry);
      await scrape(registry);
      expect(asked).to.equal(2);
    }
  });

  it('should refuse what holds no hosts', () => {
    const registry = new Registry();
    expect(() => collectHosts(1 as never, { registry })).to.throw(TypeError, 'not a value of type number');
    expect(() => collectHosts({} as never, { registry })).to.throw(TypeError);
    expect(() => collectHosts([].values(), { registry })).to.throw(TypeError, 'only once');
    expect(() => collectHosts([], { registri: registry } as never)).to.throw(
      TypeError,
      "no option 'registri'",
    );
    expect(registry.getMetricsAsArray()).to.deep.equal([]);
  });

  it('should refuse what is no registry', () => {
    for (const [registry, got] of [
      [{}, 'a value of type object'],
      [null, 'null'],
    ] as const)
      expect(() => collectHosts([], { registry } as never)).to.throw(
        TypeError,
        `registry must be a Registry of prom-client, got ${got}`,
      );
  });

  it('should say where a single host or several fleets belong', async () => {
    const registry = new Registry();
    await using fleet = watchAll(['test:///default']);
    const host = fleet.hosts.get('test:///default');
    expect(() => collectHosts(host as never, { registry })).to.throw(
      TypeError,
      'hosts is a single host; put it in an array',
    );
    expect(() => collectHosts([fleet] as never, { registry })).to.throw(
      TypeError,
      'hosts must hold hosts only, and holds a fleet; pass the fleet itself, or the hosts of each',
    );
    expect(registry.getMetricsAsArray()).to.deep.equal([]);
  });

  it('should refuse what holds anything else than hosts', () => {
    const registry = new Registry();
    const wrongSources: readonly unknown[] = [
      [1],
      new Set([undefined]),
      new Map([['one', {}]]),
      [['one', { name: 'one', metrics: () => ({}) }]],
      [{ name: 'one' }],
      { hosts: { one: 1 } },
    ];
    for (const hosts of wrongSources)
      expect(() => collectHosts(hosts as never, { registry })).to.throw(TypeError, /^hosts(\.hosts)? must /);
    expect(registry.getMetricsAsArray()).to.deep.equal([]);
  });

  it('should fail at the scrape when a function returns no hosts, and say what it must return', async () => {
    await using fleet = watchAll([]);
    for (const [returned, got] of [
      [undefined, 'got undefined'],
      [fleet, 'got a fleet; return its hosts'],
      ['one', 'got a value of type string'],
    ] as const)
      expect(await rejection(registryOf((() => returned) as never).metrics())).to.deep.include({
        name: 'TypeError',
        message: `hosts must return an iterable or a map of hosts, ${got}`,
      });
    const error = await rejection(registryOf((() => [1]) as never).metrics());
    expect(error)
      .to.be.instanceOf(TypeError)
      .that.has.property('message')
      .that.matches(/^hosts must hold hosts/);
  });

  it('should refuse a registry that has such metrics, and add nothing to it', () => {
    const registry = registryOf([]);
    const added = registry.getMetricsAsArray().length;
    const message =
      /^the registry has a metric rxvirt_\w+ already; call collectHosts\(\) once for a registry, with all hosts/;
    expect(() => collectHosts([], { registry })).to.throw(Error, message);
    expect(registry.getMetricsAsArray()).to.have.length(added);
    const taken = new Registry();
    new Gauge({ name: 'rxvirt_timeouts', help: 'of something else', registers: [taken] });
    expect(() => collectHosts([], { registry: taken })).to.throw(Error, message);
    expect(taken.getMetricsAsArray()).to.have.length(1);
  });
});
