// The targets that rxvirt should reach. Each is a figure, or a ratio of medians of one run.
import type { FigureName, PeerName } from './model.js';
import type { Results } from './statistics.js';

export interface Target {
  what: string;
  limit: string;
  value: (results: Results) => number | undefined;
  isMet: (value: number) => boolean;
}

const atLeast = (limit: number) => ({ limit: `≥ ${limit}`, isMet: (value: number) => value >= limit });
const atMost = (limit: number) => ({ limit: `≤ ${limit}`, isMet: (value: number) => value <= limit });
type Bound = ReturnType<typeof atLeast>;

const NAMES: Partial<Record<PeerName, string>> = { c: '`c`', python: 'libvirtaio', perl: 'Perl' };

function ratios(
  row: string,
  figure: FigureName,
  label: string,
  bounds: Partial<Record<PeerName, Bound>>,
): Target[] {
  return (Object.entries(bounds) as [PeerName, Bound][]).map(([base, bound]) => ({
    ...bound,
    what: `${label}, to ${NAMES[base] ?? base}`,
    value: (results) => results.ratio(row, 'rxvirt', base, figure),
  }));
}

function absolute(row: string, figure: FigureName, label: string, bound: Bound): Target {
  return { ...bound, what: label, value: (results) => results.median(row, 'rxvirt', figure) };
}

/** The highest cost among several rows, divided by the lowest. It shows whether the cost grows with the load. */
function flat(rows: string[], figure: FigureName, label: string, bound: Bound): Target {
  return {
    ...bound,
    what: label,
    value: (results) => {
      const costs = rows.map((row) => results.median(row, 'rxvirt', figure));
      const known = costs.filter((cost) => cost !== undefined);
      return known.length < rows.length ? undefined : Math.max(...known) / Math.min(...known);
    },
  };
}

const W1 = 'W1 flood of lifecycle events';
const TIMERS = 'W4 1000 timeouts of 10 ms';
const HELPER = 'W5 latency, calls from another process';
const SHARED = 'W5 latency, calls and events on one connection';
const REMOTE = 'W6 1000 remote connections';
const CALL = 'W7 state() in process, one at a time';
const saturated = (m: number): string => `W3 saturated, M = ${m}`;
const growth = (counts: number[], what: string): string[] => counts.map((n) => `W8 growth, ${n} ${what}`);

export const TARGETS: Target[] = [
  ...ratios(W1, 'events_per_s', 'W1 events/s', { c: atLeast(1), python: atLeast(2.8), perl: atLeast(2.8) }),
  ...ratios('W2 in process, batches of 100 calls from the loop', 'events_per_s', 'W2 batches, events/s', {
    c: atLeast(0.6),
    python: atLeast(1.2),
    perl: atLeast(1),
  }),
  ...ratios('W2 in process, calls from a thread', 'events_per_s', 'W2 thread, events/s', { c: atLeast(0.7) }),
  ...ratios(saturated(1), 'dispatches_per_s', 'W3 saturated, M = 1', {
    c: atLeast(0.7),
    python: atLeast(1.2),
    perl: atLeast(2),
  }),
  ...ratios(saturated(100), 'dispatches_per_s', 'W3 saturated, M = 100', {
    c: atLeast(0.7),
    python: atLeast(1.2),
    perl: atLeast(1.2),
  }),
  ...ratios(saturated(1000), 'dispatches_per_s', 'W3 saturated, M = 1000', {
    c: atLeast(2),
    python: atLeast(1.3),
    perl: atLeast(3),
  }),
  ...ratios('W4 timeout of 0 ms', 'callbacks_per_s', 'W4 timeout of 0 ms', {
    c: atLeast(0.25),
    python: atLeast(1.4),
  }),
  absolute(TIMERS, 'fired_percent', 'W4 1000 timeouts: fired, % of ideal', atLeast(98)),
  absolute(TIMERS, 'late_p99_ms', 'W4 1000 timeouts: late p99, ms', atMost(1)),
  ...ratios(TIMERS, 'late_p99_ms', 'W4 1000 timeouts: late p99', { python: atMost(0.33) }),
  absolute(TIMERS, 'cpu_percent', 'W4 1000 timeouts: CPU, % of a core', atMost(15)),
  ...ratios(TIMERS, 'cpu_percent', 'W4 1000 timeouts: CPU', { python: atMost(0.2) }),
  ...ratios(HELPER, 'p50_us', 'W5 latency p50', { c: atMost(1.1), python: atMost(0.8), perl: atMost(0.8) }),
  ...ratios(HELPER, 'p99_us', 'W5 latency p99', { c: atMost(1.1), python: atMost(0.8), perl: atMost(0.8) }),
  ...ratios(SHARED, 'p50_us', 'W5 one connection, p50', { c: atMost(1.3), perl: atMost(1) }),
  absolute(REMOTE, 'kib_per_connection', 'W6 remote: KiB per connection', atMost(16)),
  absolute(REMOTE, 'idle_cpu_percent', 'W6 remote: idle CPU, %', atMost(0.2)),
  ...(
    [
      [CALL, 'W7 one call'],
      ['W7 a list of 1 domain, in process', 'W7 a list of 1 domain, in process'],
    ] as const
  ).map(([row, what]) => ({
    ...atMost(30),
    what: `${what}, µs over the C call`,
    value: (results: Results): number | undefined => {
      const [ours, theirs] = (['rxvirt', 'c'] as const).map((peer) =>
        results.median(row, peer, 'us_per_call'),
      );
      return ours === undefined || theirs === undefined ? undefined : ours - theirs;
    },
  })),
  ...['in process', 'through libvirtd'].flatMap((where) => [
    ...['1 domain', '100 domains', '10,000 domains'].flatMap((what) =>
      ratios(`W7 a list of ${what}, ${where}`, 'us_per_call', `W7 a list of ${what}, ${where}`, {
        c: atMost(1.3),
      }),
    ),
    ...ratios(
      `W7 the statistics of 1,000 domains, ${where}`,
      'us_per_call',
      `W7 the statistics of 1,000 domains, ${where}`,
      { c: atMost(1.3) },
    ),
  ]),
  flat(
    growth([1, 100, 10_000], 'domains'),
    'cpu_us_per_event',
    'W8 1 to 10,000 domains, CPU/event',
    atMost(1.3),
  ),
  {
    ...atMost(1.3),
    what: 'W8 1 to 1,000 subscribers, CPU/delivery at most, to that with one',
    value: (results: Results): number | undefined => {
      const rows = growth([1, 10, 1000], 'subscribers');
      const costs = rows.map((row) => results.median(row, 'rxvirt', 'cpu_us_per_delivery'));
      const known = costs.filter((cost) => cost !== undefined);
      return known.length < rows.length ? undefined : Math.max(...known) / (known[0] ?? NaN);
    },
  },
  ...['of a file', 'by a stream of Node'].flatMap((by) =>
    ['down', 'up'].flatMap((way) =>
      ratios(
        `W12 a volume of 1 GiB, ${way}load, ${by}`,
        'mib_per_s',
        `W12 ${way}load of 1 GiB ${by}, MiB/s`,
        {
          virsh: atLeast(0.9),
        },
      ),
    ),
  ),
  absolute('W9 start', 'import_ms', 'W9 imported, ms from process start', atMost(80)),
  absolute('W9 start', 'event_ms', 'W9 first event, ms from process start', atMost(120)),
  absolute('W10 HTTP beside 20 floods', 'http_p99_ms', 'W10 20 floods: HTTP p99, ms', atMost(30)),
  {
    ...atMost(0),
    what: 'W10 20 floods: connections lost, in all repetitions',
    value: (results: Results): number | undefined => {
      const all = results.of('W10 HTTP beside 20 floods', 'rxvirt');
      const lost = all.flatMap(({ figures: { lost, quiet_lost: quiet } }) =>
        lost === undefined || quiet === undefined ? [] : lost + quiet,
      );
      return lost.length ? lost.reduce((sum, one) => sum + one, 0) : undefined;
    },
  },
];
