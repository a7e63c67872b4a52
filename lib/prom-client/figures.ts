import type { HostMetrics, ProcessMetrics } from '../hosts/host-metrics.js';

/** One sample of a metric. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric that has samples for each host. All have the label `host`. */
export interface HostFigure {
  readonly type: 'counter' | 'gauge';
  readonly name: string;
  readonly help: string;
  /** Its labels besides `host`. */
  readonly labels?: readonly string[];
  readonly samples: (metrics: HostMetrics) => readonly Sample[];
}

/** A metric of the whole process. */
export interface ProcessFigure {
  readonly name: string;
  readonly help: string;
  readonly value: (metrics: ProcessMetrics) => number;
}

const one =
  (of: (metrics: HostMetrics) => number): HostFigure['samples'] =>
  (metrics) => [{ labels: {}, value: of(metrics) }];

export const hostFigures: readonly HostFigure[] = [
  {
    type: 'gauge',
    name: 'rxvirt_host_connected',
    help: '1 while there is a connection to the host, otherwise 0.',
    samples: one(({ connected }) => Number(connected)),
  },
  {
    type: 'counter',
    name: 'rxvirt_host_reconnects_total',
    help: 'Connections that were opened after the first one.',
    samples: one(({ reconnects }) => reconnects),
  },
  {
    type: 'counter',
    name: 'rxvirt_host_gap_seconds_total',
    help: 'Seconds in which events may be missing: the gaps of the host.',
    samples: one(({ gapSeconds }) => gapSeconds),
  },
  {
    type: 'counter',
    name: 'rxvirt_host_events_total',
    help: 'Events that were received.',
    labels: ['category', 'type'],
    samples: ({ eventsByType }) =>
      Object.entries(eventsByType).flatMap(([category, types]) =>
        Object.entries(types).map(([type, value]) => ({ labels: { category, type }, value })),
      ),
  },
  {
    type: 'counter',
    name: 'rxvirt_host_dropped_events_total',
    help: 'Events that were lost, because this process had no memory for them.',
    samples: one(({ droppedEvents }) => droppedEvents),
  },
  {
    type: 'gauge',
    name: 'rxvirt_host_queued_events',
    help: 'Events that have arrived and are not delivered yet.',
    samples: one(({ queuedEvents }) => queuedEvents),
  },
  {
    type: 'gauge',
    name: 'rxvirt_host_calls_in_flight',
    help: 'Calls that libvirt has not answered yet.',
    samples: one(({ callsInFlight }) => callsInFlight),
  },
  {
    type: 'gauge',
    name: 'rxvirt_host_calls_waiting',
    help: 'Calls that wait for their turn.',
    samples: one(({ callsWaiting }) => callsWaiting),
  },
  {
    type: 'gauge',
    name: 'rxvirt_host_troubles',
    help: 'How many things cannot be had from the host at the moment.',
    samples: one(({ troubles }) => troubles),
  },
];

export const processFigures: readonly ProcessFigure[] = [
  {
    name: 'rxvirt_loop_lag_seconds',
    help: 'The longest time in the last minute for which JavaScript kept the event loop waiting.',
    value: ({ loopLagMs }) => loopLagMs / 1000,
  },
  {
    name: 'rxvirt_watches',
    help: 'Watches on file descriptors that libvirt has in the event loop.',
    value: ({ watches }) => watches,
  },
  {
    name: 'rxvirt_timeouts',
    help: 'Timeouts that libvirt has in the event loop.',
    value: ({ timeouts }) => timeouts,
  },
];
