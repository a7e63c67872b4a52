// The types of rows, peers, figures and measurements.

export const PEERS = [
  'rxvirt',
  'native',
  'c',
  'c-epoll',
  'c-epoll-drain',
  'python',
  'python-uvloop',
  'python-wake',
  'python-beat',
  'perl',
  'perl-fixed',
  'unraid',
  'virsh',
  'node',
] as const;

/** The rxvirt of another checkout. */
export type CheckoutPeer = `rxvirt-${string}`;

export type PeerName = (typeof PEERS)[number] | CheckoutPeer;

/** The server is flood_server; this is what it sends. */
export interface Flood {
  events: number;
  domains?: number;
  connections?: number;
}

/**
 * The server is a private libvirtd. `pinging-libvirtd` drops a client that has answered no keepalive request for 4 s.
 */
export type Daemon = 'libvirtd' | 'pinging-libvirtd';

/** A host of the test driver with so many domains, in the peer's process or behind a private libvirtd. */
export interface TestHost {
  domains: number;
  where: 'in process' | 'libvirtd';
}

/** A volume of so many MiB in a storage pool of a private libvirtd. `file=` names a file with the same content. */
export interface Volume {
  mib: number;
}

/** One row of the matrix: a workload with its settings and its peers. */
export interface Row {
  /** Begins with the name of the workload: `W3 saturated, M = 100`. */
  name: string;
  /** The command line of the peer: the workload and its settings. */
  args: string[];
  peers: PeerName[];
  /** The columns. Ratios are those of the first figure. */
  figures: FigureName[];
  /** The server to which `uri=` leads. */
  server?: Flood | Daemon | TestHost | Volume;
  /** A second server, to which `quiet=` leads. */
  quietServer?: Daemon;
  /** Settings for single peers. */
  extra?: Partial<Record<PeerName, string[]>>;
  /** How many processes stopwatch starts in each repetition. */
  starts?: number;
}

export interface Figure {
  label: string;
  better: 'more' | 'less';
  /** Says that something happened which must not happen in any repetition. */
  isMishap?: true;
}

const FIGURES = {
  events_per_s: { label: 'events/s', better: 'more' },
  deliveries_per_s: { label: 'deliveries/s', better: 'more' },
  cpu_us_per_event: { label: 'CPU µs/event', better: 'less' },
  cpu_us_per_delivery: { label: 'CPU µs/delivery', better: 'less' },
  dispatches_per_s: { label: 'dispatches/s', better: 'more' },
  cpu_us_per_dispatch: { label: 'CPU µs/dispatch', better: 'less' },
  callbacks_per_s: { label: 'callbacks/s', better: 'more' },
  ten_ms_fired: { label: '10 ms timeout fired', better: 'more' },
  pipe_dispatches_per_s: { label: 'pipe dispatches/s', better: 'more' },
  cpu_percent: { label: 'CPU %', better: 'less' },
  fired_percent: { label: 'fired %', better: 'more' },
  late_p50_ms: { label: 'late p50 ms', better: 'less' },
  late_p99_ms: { label: 'late p99 ms', better: 'less' },
  late_max_ms: { label: 'late max ms', better: 'less' },
  p50_us: { label: 'p50 µs', better: 'less' },
  p90_us: { label: 'p90 µs', better: 'less' },
  p99_us: { label: 'p99 µs', better: 'less' },
  max_us: { label: 'max µs', better: 'less' },
  open_ms: { label: 'open ms', better: 'less' },
  close_ms: { label: 'close ms', better: 'less' },
  fanout_ms: { label: 'fan-out ms', better: 'less' },
  kib_per_connection: { label: 'KiB/connection', better: 'less' },
  idle_cpu_percent: { label: 'idle CPU %', better: 'less' },
  us_per_call: { label: 'µs/call', better: 'less' },
  calls_per_s: { label: 'calls/s', better: 'more' },
  cpu_us_per_call: { label: 'CPU µs/call', better: 'less' },
  mib_per_s: { label: 'MiB/s', better: 'more' },
  cpu_ms_per_mib: { label: 'CPU ms/MiB', better: 'less' },
  import_ms: { label: 'import ms', better: 'less' },
  connect_ms: { label: 'connected ms', better: 'less' },
  event_ms: { label: 'first event ms', better: 'less' },
  exit_ms: { label: 'whole process ms', better: 'less' },
  cpu_s: { label: 'process CPU s', better: 'less' },
  rss_peak_kib: { label: 'peak RSS KiB', better: 'less' },
  stalled: { label: 'stalled', better: 'less', isMishap: true },
  http_p50_ms: { label: 'HTTP p50 ms', better: 'less' },
  http_p99_ms: { label: 'HTTP p99 ms', better: 'less' },
  http_max_ms: { label: 'HTTP max ms', better: 'less' },
  unanswered: { label: 'not answered', better: 'less' },
  slowest_percent: { label: 'slowest flood, % of the mean', better: 'more' },
  lost: { label: 'floods lost', better: 'less' },
  quiet_lost: { label: 'quiet connection lost', better: 'less', isMishap: true },
} satisfies Record<string, Figure>;
export type FigureName = keyof typeof FIGURES;

export function figure(name: FigureName): Figure {
  return FIGURES[name];
}

export type Figures = Partial<Record<FigureName, number>>;

/** The figures of one process, or of the processes that one stopwatch started. One line of results/*.jsonl. */
export interface Measurement {
  run: string;
  row: string;
  rep: number;
  peer: PeerName;
  figures: Figures;
  stealPercent: number;
  error?: string;
}

export function workloadOf(row: string): string {
  return row.slice(0, row.indexOf(' '));
}
