import { Counter, Gauge, register, type OpenMetricsContentType, type Registry } from 'prom-client';
import { processMetrics, type HostMetrics } from '../hosts/host-metrics.js';
import { checkKeys, checkMethods } from '../arguments.js';
import { recentLoopLagMs } from '../loop/loop-lag.js';
import { hostFigures, processFigures } from './figures.js';
import { readerOf, type HostSource, type MeasuredHost } from './host-source.js';

/** Options of {@link collectHosts}. */
export interface CollectHostsOptions {
  /** Where the metrics are added; prom-client's global registry unless given. */
  readonly registry?: Registry | Registry<OpenMetricsContentType>;
}

/**
 * Adds the metrics of hosts to a registry of prom-client. Nothing is counted between two scrapes: each scrape asks
 * each host once for its `metrics()`. A host that is no longer among the hosts is no longer in the scrape. A host that
 * is closed and still among them has `rxvirt_host_connected 0`. Hosts of the same name are added up, so give each its
 * own name. Begins to measure the loop's lag.
 * @param hosts A fleet, an iterable, a map, or a function that returns one of the latter two. `fleet.hosts` is a map
 *   that does not change; pass the fleet itself to have the hosts that are added later.
 * @throws {TypeError} for invalid arguments. When what a function returns is no iterable and no map of hosts, the
 *   scrape rejects with it instead.
 * @throws {Error} when the registry has one of these metrics already. Then nothing is added.
 * @example
 * const fleet = watchAll(['qemu+ssh://one/system', 'qemu+ssh://two/system']);
 * collectHosts(fleet);
 * createServer((_, response) => {
 *   register.metrics().then(
 *     (text) => response.setHeader('content-type', register.contentType).end(text),
 *     (error) => response.writeHead(500).end(String(error)),
 *   );
 * }).listen(9100);
 */
export function collectHosts(hosts: HostSource, options: CollectHostsOptions = {}): void {
  checkKeys('collectHosts', options, ['registry']);
  const { registry = register } = options;
  checkMethods('registry', registry, 'a Registry of prom-client', ['registerMetric', 'getSingleMetric']);
  const read = readerOf(hosts);
  throwIfTaken(registry as Registry);
  recentLoopLagMs();
  const registers = [registry as Registry];
  const perHost = oncePerScrape(() => read().map(measured));
  for (const { type, name, help, labels = [], samples } of hostFigures) {
    const Metric = type === 'counter' ? Counter : Gauge;
    new Metric({
      name,
      help,
      labelNames: ['host', ...labels],
      registers,
      collect() {
        this.reset();
        for (const { host, metrics } of perHost())
          for (const sample of samples(metrics)) this.inc({ host, ...sample.labels }, sample.value);
      },
    });
  }
  const ofProcess = oncePerScrape(processMetrics);
  for (const { name, help, value } of processFigures) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(ofProcess()));
      },
    });
  }
}

/** prom-client would refuse only the metric, and not say what to do. */
function throwIfTaken(registry: Registry): void {
  const names = [...hostFigures, ...processFigures].map(({ name }) => name);
  const taken = names.find((name) => registry.getSingleMetric(name) !== undefined);
  if (taken === undefined) return;
  throw new Error(
    `the registry has a metric ${taken} already; call collectHosts() once for a registry, with all hosts, or give another registry`,
  );
}

function measured(host: MeasuredHost): { readonly host: string; readonly metrics: HostMetrics } {
  return { host: host.name, metrics: host.metrics() };
}

/** A scrape collects all its metrics at once, without a pause. The value is kept until then. */
function oncePerScrape<T extends object>(read: () => T): () => T {
  let value: T | undefined;
  return () => {
    if (value === undefined) {
      value = read();
      queueMicrotask(() => (value = undefined));
    }
    return value;
  };
}
