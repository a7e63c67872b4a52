// The workloads that are profiled, and how a peer runs them.
import type { PeerName } from '../runner/model.js';
import { peer } from '../runner/peers.js';
import { runToEnd } from '../runner/process.js';
import type { Servers } from '../runner/servers.js';

export interface Scenario {
  title: string;
  unit: string;
  /** The command line of the peer, for a run of `count` units. */
  args: (count: number) => string[];
  /** Whether flood_server has to send the units. */
  isFlood: boolean;
  /** How many units are enough for a sampling profile. */
  samples: number;
}

export const SCENARIOS: Scenario[] = [
  {
    title: 'W1 flood of lifecycle events',
    unit: 'event',
    args: () => ['flood'],
    isFlood: true,
    samples: 300_000,
  },
  {
    title: 'W3 saturated, M = 1',
    unit: 'dispatch',
    args: (count) => ['watch', 'mode=sat', 'm=1', 'secs=25', `limit=${count}`],
    isFlood: false,
    samples: 1_000_000,
  },
];

export interface Profiling {
  scenario: Scenario;
  count: number;
  servers: Servers;
  /** A command to put before the peer's program, such as valgrind. */
  wrapper?: string[];
  /** Options of Node.js, for the rxvirt peer. */
  nodeOptions?: string[];
}

/** Runs a scenario with one peer. Resolves with what the peer prints to stdout. */
export async function runScenario(name: PeerName, profiling: Profiling): Promise<string> {
  const { scenario, count, servers, wrapper = [], nodeOptions = [] } = profiling;
  await using server = scenario.isFlood ? await servers.open({ events: count }) : undefined;
  const [program = '', ...rest] = peer(name).command;
  const uri = server ? [`uri=${server.uri}`] : [];
  const command = [...wrapper, program, ...nodeOptions, ...rest, ...scenario.args(count), ...uri];
  const { stdout, stderr, failure } = await runToEnd(command, { timeoutMs: 600_000 });
  if (failure) throw new Error(`${command.join(' ')}: ${failure}\n${stderr}`);
  return stdout;
}
