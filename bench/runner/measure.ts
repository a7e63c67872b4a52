// Measures one peer in one row, once.
import { readFileSync } from 'node:fs';
import type { Figures, FigureName, PeerName, Row } from './model.js';
import { bin } from './paths.js';
import { peer } from './peers.js';
import { runToEnd } from './process.js';
import type { Servers } from './servers.js';
import { median } from './statistics.js';

export interface Measured {
  figures: Figures;
  stealPercent: number;
  error?: string;
}

export async function measure(row: Row, name: PeerName, servers: Servers): Promise<Measured> {
  const { command, settings } = peer(name);
  await using server = row.server ? await servers.open(row.server) : undefined;
  await using quietServer = row.quietServer ? await servers.open(row.quietServer) : undefined;
  const uris = [
    ...(server ? [`uri=${server.uri}`] : []),
    ...(server?.file === undefined ? [] : [`file=${server.file}`]),
    ...(quietServer ? [`quiet=${quietServer.uri}`] : []),
  ];
  const stopwatch = row.starts ? [`${bin}stopwatch`, String(row.starts)] : [];
  const args = name === 'node' ? [] : [...row.args, ...uris, ...settings, ...(row.extra?.[name] ?? [])];
  // Empty, so that Python keeps its compiled files and compiles only once, as for an installed program.
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '' };
  const before = cpuTimes();
  const { stdout, stderr, failure } = await runToEnd([...stopwatch, ...command, ...args], { env });
  const after = cpuTimes();
  const stealPercent = round((100 * (after.steal - before.steal)) / Math.max(1, after.total - before.total));
  const figures = readFigures(stdout);
  const error = failure ?? (Object.keys(figures).length ? undefined : 'printed nothing');
  return { figures, stealPercent, ...(error ? { error: `${error} ${stderr.slice(-300)}`.trim() } : {}) };
}

/** Reads the lines of JSON that a peer printed. When several processes printed one each, takes the medians. */
function readFigures(stdout: string): Figures {
  const values = new Map<string, number[]>();
  for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
    for (const [key, value] of Object.entries(JSON.parse(line) as Record<string, unknown>)) {
      if (typeof value !== 'number' && typeof value !== 'boolean') continue;
      values.set(key, [...(values.get(key) ?? []), Number(value)]);
    }
  }
  const figures: Figures = {};
  for (const [key, all] of values) figures[key as FigureName] = round(median(all));
  return figures;
}

const round = (value: number): number => Number(value.toFixed(4));

function cpuTimes(): { total: number; steal: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const times = line.split(/\s+/).slice(1).map(Number);
  return { total: times.reduce((sum, time) => sum + time, 0), steal: times[7] ?? 0 };
}

/** How many milliseconds a fixed amount of CPU work takes at present. This shows whether the machine is busy. */
export async function spinMs(): Promise<number> {
  const { stdout } = await runToEnd([`${bin}spin`]);
  return Number(stdout) / 1e6;
}
