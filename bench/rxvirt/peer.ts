// peer: rxvirt through its public API.
//
// usage: node peer.js WORKLOAD [key=value ...]      prints one line of JSON; the keys are in bench/README.md

import { text } from './settings.js';

type Workload = () => Promise<void>;

// Each workload is loaded only when it runs, so that the start workload loads only what it uses.
const workloads: Record<string, () => Promise<Workload>> = {
  flood: async () => (await import('./flood.js')).flood,
  inproc: async () => (await import('./inproc.js')).inproc,
  watch: async () => (await import('./loop.js')).watch,
  timer0: async () => (await import('./loop.js')).timer0,
  timers: async () => (await import('./loop.js')).timers,
  latency: async () => (await import('./latency.js')).latency,
  idle: async () => (await import('./idle.js')).idle,
  calls: async () => (await import('./calls.js')).calls,
  start: async () => (await import('./start.js')).start,
  volume: async () => (await import('./volume.js')).volume,
  http: async () => (await import('./http.js')).http,
  fleet: async () => (await import('./fleet.js')).fleet,
  quirks: async () => (await import('./quirks.js')).quirks,
};

const load = workloads[process.argv[2] ?? ''];
if (load) {
  // Only then: the start workload must not load what it doesn't use.
  if (text('loop', '') === 'native') (await import('rxvirt')).event.registerNative();
  const run = await load();
  await run();
} else {
  process.stderr.write(`usage: peer.js ${Object.keys(workloads).join('|')} [key=value ...]\n`);
  process.exitCode = 2;
}
