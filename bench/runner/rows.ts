// The matrix: every workload with its settings and peers.
import type { PeerName, Row, TestHost } from './model.js';

const ASKED: PeerName[] = ['rxvirt', 'c', 'python', 'perl'];
const LOOPS: PeerName[] = ['rxvirt', 'c', 'c-epoll', 'python', 'python-uvloop', 'perl'];

/** All rows, in order. With `quick` they do a tenth of the work, to check that everything runs. */
export function rows(quick: boolean): Row[] {
  const less = (n: number): number => (quick ? n / 10 : n);
  const secs = `secs=${quick ? 1 : 2}`;
  return [
    ...events(less),
    ...loop(secs),
    ...latency(less),
    ...idle(secs),
    ...calls(less),
    ...growth(less),
    start(),
    ...http(less),
    ...volume(less),
  ];
}

type Less = (n: number) => number;

function events(less: Less): Row[] {
  return [
    {
      name: 'W1 flood of lifecycle events',
      args: ['flood'],
      server: { events: less(200_000) },
      peers: ['rxvirt', 'native', 'c', 'c-epoll', 'c-epoll-drain', 'python', 'python-uvloop', 'perl'],
      figures: ['events_per_s', 'cpu_us_per_event'],
    },
    {
      // The cost of positions, and of streams that go on across connections.
      name: 'W1 flood of lifecycle events, of a watched host',
      args: ['flood', 'via=host'],
      server: { events: less(200_000) },
      peers: ['rxvirt'],
      figures: ['events_per_s', 'cpu_us_per_event'],
    },
    {
      name: 'W2 in process, calls from a thread',
      args: ['inproc', 'gen=thread', `n=${less(100_000)}`],
      peers: ['rxvirt', 'native', 'c', 'c-epoll', 'python', 'python-beat', 'python-wake'],
      extra: { python: ['limit=4'] },
      figures: ['events_per_s', 'cpu_us_per_event', 'stalled'],
    },
    {
      name: 'W2 in process, batches of 100 calls from the loop',
      args: ['inproc', 'gen=batch', `n=${less(100_000)}`],
      peers: LOOPS,
      figures: ['events_per_s', 'cpu_us_per_event'],
    },
  ];
}

function loop(secs: string): Row[] {
  const watch = (mode: string, title: string, m: number): Row => ({
    name: `W3 ${title}, M = ${m}`,
    args: ['watch', `mode=${mode}`, `m=${m}`, secs],
    peers: LOOPS,
    figures: ['dispatches_per_s', 'cpu_us_per_dispatch'],
  });
  return [
    ...[1, 100, 1000].map((m) => watch('pp', 'ping-pong', m)),
    ...[1, 100, 1000].map((m) => watch('sat', 'saturated', m)),
    {
      name: 'W4 timeout of 0 ms',
      args: ['timer0', secs],
      peers: [...LOOPS, 'perl-fixed'],
      figures: ['callbacks_per_s', 'cpu_percent'],
    },
    {
      name: 'W4 timeout of 0 ms beside one of 10 ms and a pipe',
      args: ['timer0', 'mix=1', secs],
      peers: [...LOOPS, 'perl-fixed'],
      figures: ['callbacks_per_s', 'ten_ms_fired', 'pipe_dispatches_per_s', 'cpu_percent'],
    },
    {
      name: 'W4 1000 timeouts of 10 ms',
      args: ['timers', 'secs=3'],
      peers: LOOPS,
      figures: ['late_p99_ms', 'fired_percent', 'late_p50_ms', 'late_max_ms', 'cpu_percent'],
    },
  ];
}

function latency(less: Less): Row[] {
  const row = (via: string, title: string, peers: PeerName[], perl: string, warm = 6000): Row => ({
    name: `W5 latency, ${title}`,
    args: ['latency', `via=${via}`, `n=${less(2000)}`, `warm=${less(warm)}`],
    server: 'libvirtd',
    peers,
    extra: { python: ['limit=5'], perl: [`via=${perl}`] },
    figures: ['p50_us', 'p99_us', 'p90_us', 'max_us', 'stalled'],
  });
  const inProcess: PeerName[] = ['rxvirt', 'native', 'c', 'python', 'python-wake', 'perl'];
  return [
    row('helper', 'calls from another process', ['native', ...LOOPS], 'helper'),
    // The latency in a process that has just started, while V8 still compiles.
    row('helper', 'the first events of a process', LOOPS, 'helper', 100),
    row('thread', 'calls on a second connection', inProcess, 'inline'),
    row('shared', 'calls and events on one connection', inProcess, 'shared'),
  ];
}

function idle(secs: string): Row[] {
  return [
    {
      name: 'W6 1000 connections in process',
      args: ['idle', 'm=1000', secs],
      peers: ASKED,
      figures: ['fanout_ms', 'open_ms', 'kib_per_connection', 'idle_cpu_percent', 'close_ms'],
    },
    {
      name: 'W6 1000 remote connections',
      args: ['idle', 'm=1000', secs],
      server: { events: 0 },
      peers: ASKED,
      figures: ['kib_per_connection', 'idle_cpu_percent', 'open_ms', 'close_ms'],
    },
  ];
}

function calls(less: Less): Row[] {
  const row = (where: string, inflight: number, n: number): Row => ({
    name: `W7 state() ${where}, ${inflight === 1 ? 'one at a time' : `${inflight} in flight`}`,
    args: ['calls', `inflight=${inflight}`, `n=${less(n)}`],
    ...(where === 'in process' ? {} : { server: 'libvirtd' as const }),
    peers: inflight === 1 ? [...ASKED, 'unraid'] : ['rxvirt', 'c', 'python', 'unraid'],
    figures: ['us_per_call', 'p50_us', 'p99_us', 'calls_per_s', 'cpu_us_per_call'],
  });
  const other = (call: string, title: string, where: TestHost['where'], domains: number, n: number): Row => ({
    name: `W7 ${title}, ${where === 'libvirtd' ? 'through libvirtd' : where}`,
    args: ['calls', `call=${call}`, `n=${Math.max(less(n), 1)}`],
    server: { domains, where },
    peers: call === 'stats' ? ['rxvirt', 'c', 'python'] : ['rxvirt', 'c', 'python', 'unraid'],
    figures: ['us_per_call', 'p50_us', 'p99_us', 'cpu_us_per_call'],
  });
  return [
    row('in process', 1, 20_000),
    row('in process', 64, 64_000),
    row('through libvirtd', 1, 10_000),
    row('through libvirtd', 64, 32_000),
    ...(['in process', 'libvirtd'] as const).flatMap((where) => [
      other('xml', 'xml()', where, 1, 10_000),
      other('list', 'a list of 1 domain', where, 1, where === 'libvirtd' ? 10_000 : 50_000),
      other('list', 'a list of 100 domains', where, 100, 10_000),
      other('list', 'a list of 10,000 domains', where, 10_000, 60),
      other('stats', 'the statistics of 1,000 domains', where, 1000, 600),
    ]),
  ];
}

function growth(less: Less): Row[] {
  const peers: PeerName[] = ['rxvirt', 'native', 'c', 'python'];
  const domains = (count: number): Row => ({
    name: `W8 growth, ${count} domains`,
    args: ['flood'],
    server: { events: less(200_000), domains: count },
    peers,
    figures: ['cpu_us_per_event', 'events_per_s'],
  });
  const connections = (count: number): Row => ({
    name: `W8 growth, ${count} connections`,
    args: ['flood', `connections=${count}`],
    server: { events: less(200_000), connections: count },
    peers,
    figures: ['cpu_us_per_event', 'events_per_s'],
  });
  const subscribers = (count: number): Row => ({
    name: `W8 growth, ${count} subscribers`,
    args: ['flood', `subscribers=${count}`],
    server: { events: less(count === 1000 ? 10_000 : 100_000) },
    peers,
    figures: ['cpu_us_per_delivery', 'cpu_us_per_event', 'deliveries_per_s', 'events_per_s'],
  });
  return [
    ...[1, 100, 10_000].map(domains),
    ...[1, 100, 1000].map(connections),
    ...[1, 10, 1000].map(subscribers),
  ];
}

function start(): Row {
  return {
    name: 'W9 start',
    args: ['start'],
    peers: [...ASKED, 'node'],
    figures: ['event_ms', 'import_ms', 'connect_ms', 'exit_ms'],
    starts: 5,
  };
}

/** More events than any peer can take during a run. */
const ENDLESS = 1e9;

function http(less: Less): Row[] {
  return [1, 20, 100].map((floods) => ({
    name: `W10 HTTP beside ${floods} ${floods === 1 ? 'flood' : 'floods'}`,
    args: ['http', `floods=${floods}`, 'work_us=200', `secs=${less(10)}`],
    server: { events: floods * ENDLESS, connections: floods },
    quietServer: 'pinging-libvirtd',
    peers: ['rxvirt', 'native', 'python'],
    figures: [
      'http_p99_ms',
      'http_p50_ms',
      'http_max_ms',
      'unanswered',
      'events_per_s',
      'slowest_percent',
      'cpu_percent',
      'lost',
      'quiet_lost',
    ],
  }));
}

function volume(less: Less): Row[] {
  const mib = Math.round(less(1024));
  return (['file', 'stream'] as const).flatMap((by) =>
    (['down', 'up'] as const).map((way) => ({
      name: `W12 a volume of 1 GiB, ${way}load, ${by === 'file' ? 'of a file' : 'by a stream of Node'}`,
      args: ['volume', `by=${by}`, `way=${way}`, `mib=${mib}`],
      server: { mib },
      peers: ['rxvirt', 'native', 'virsh'],
      figures: ['mib_per_s', 'cpu_ms_per_mib'],
    })),
  );
}
