import type { Connection } from '../connection/connection.js';
import { recentLoopLagMs } from '../loop/loop-lag.js';
import { native } from '../native.js';
import type { EventsByType, HostRecord } from './host-record.js';

/** Figures of a host. Those that say so are of the whole process. */
export interface HostMetrics {
  /** Whether there is a connection now. */
  readonly connected: boolean;
  /** Connections that were opened after the first one. */
  readonly reconnects: number;
  /**
   * Seconds in which events may have been missed, from the first connection on: each loss until the event streams are
   * registered again. The present loss counts too.
   */
  readonly gapSeconds: number;
  /**
   * Events that were received: by category, and there by type. Each registration counts by itself: with and without a
   * filter the host sends the same event twice.
   */
  readonly eventsByType: EventsByType;
  /** Events that were lost, because this process had no memory for them. */
  readonly droppedEvents: number;
  /** Events that have arrived and are not delivered yet. */
  readonly queuedEvents: number;
  /** Calls that libvirt has not answered yet, on both connections of the host. */
  readonly callsInFlight: number;
  /** Calls that wait for their turn. */
  readonly callsWaiting: number;
  /** How many things can't be had from the host at the moment; see `health()`. */
  readonly troubles: number;
  /** The longest time in the last minute for which JavaScript kept the event loop waiting, in milliseconds. Process. */
  readonly loopLagMs: number;
  /** Watches on file descriptors that libvirt has in rxvirt's event loop. Process. */
  readonly watches: number;
  /** Timeouts that libvirt has in rxvirt's event loop. Process. */
  readonly timeouts: number;
}

/** @param connections The watched one first, and the one for calls. */
export function metricsOf(
  record: HostRecord,
  [watched, forCalls]: readonly (Connection | undefined)[],
  troubles: number,
): HostMetrics {
  const stats = [watched, forCalls]
    .filter((each) => each?.isOpen)
    .map((each) => (each as Connection).stats());
  const sum = (of: 'queuedEvents' | 'callsUnderWay' | 'callsWaiting') =>
    stats.reduce((total, each) => total + each[of], 0);
  return Object.freeze({
    connected: watched?.isOpen ?? false,
    reconnects: record.reconnects,
    gapSeconds: record.gapSeconds,
    eventsByType: record.eventsByType(),
    droppedEvents: record.droppedEvents,
    queuedEvents: sum('queuedEvents'),
    callsInFlight: sum('callsUnderWay'),
    callsWaiting: sum('callsWaiting'),
    troubles,
    ...processMetrics(),
  });
}

/** The figures of the whole process. */
export type ProcessMetrics = Pick<HostMetrics, 'loopLagMs' | 'watches' | 'timeouts'>;

/** The first call in a process begins to measure the loop's lag. */
export function processMetrics(): ProcessMetrics {
  return { loopLagMs: recentLoopLagMs(), ...sources() };
}

function sources(): Pick<HostMetrics, 'watches' | 'timeouts'> {
  try {
    const { watches, timeouts } = native().bridgeCounts();
    return { watches, timeouts };
  } catch {
    // A fleet without hosts has no use for the addon, which may be missing. Then there is no watch either.
    return { watches: 0, timeouts: 0 };
  }
}
