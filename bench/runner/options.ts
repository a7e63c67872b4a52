// Reads the command line of the benchmark.
import { parseArgs } from 'node:util';
import { readCheckout, type Checkout } from './checkouts.js';
import { PEERS, type PeerName } from './model.js';

export const HELP = `usage: npm run bench -- [options]

Runs every workload with every peer. The peers take turns. Writes RESULTS.md, results/*.jsonl and charts/*.svg.

  --reps N          repetitions of every row (default 5)
  --only NAME       a workload, such as W1, or rows whose name contains it; may be given again
  --peers A,B       only these peers: ${PEERS.join(', ')}
  --also NAME=PATH  also measure the build of another checkout, as peer rxvirt-NAME; may be repeated
  --quick           one repetition of a tenth of the work, to see that everything runs
  --out FOLDER      where to write (default bench/, with --quick dist/bench/quick/, with --also dist/bench/also/,
                    with --only dist/bench/part/ unless bench/results/ has the other rows)
  --report          measure nothing; write RESULTS.md and the charts again from results/*.jsonl; a fresh clone
                    has no such files, since git keeps only the summary
  --profile         instead write PROFILE.md: what takes the time in W1 and W3
  --correctness     instead write CORRECTNESS.md: how each peer behaves in edge cases of the contract
  --list            print the rows' names
  --help            print this

Environment:
  SYS_VIRT_IO_ASYNC  lib folder of Perl's Sys::Virt::IO::Async, for the perl peers
  UNRAID_LIBVIRT     built package folder of @unraid/libvirt, for the unraid peer
`;

export interface Options {
  reps: number;
  only: string[];
  peers: readonly PeerName[];
  also: Checkout[];
  isQuick: boolean;
  out: string | undefined;
  mode: 'run' | 'report' | 'profile' | 'correctness' | 'list' | 'help';
}

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      reps: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      peers: { type: 'string', default: PEERS.join(',') },
      also: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      report: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      correctness: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const modes = ['help', 'list', 'report', 'profile', 'correctness'] as const;
  return {
    reps: readReps(values.reps ?? (values.quick ? '1' : '5')),
    only: values.only,
    peers: values.peers.split(',').map(readPeer),
    also: values.also.map(readCheckout),
    isQuick: values.quick,
    out: values.out,
    mode: modes.find((mode) => values[mode]) ?? 'run',
  };
}

function readReps(text: string): number {
  const reps = Number(text);
  if (!Number.isInteger(reps) || reps < 1)
    throw new RangeError(`--reps takes a number from 1 up, not ${text}`);
  return reps;
}

function readPeer(name: string): PeerName {
  const known = PEERS.find((peer) => peer === name);
  if (!known) throw new RangeError(`there is no peer ${name}; the peers are ${PEERS.join(', ')}`);
  return known;
}
