// Measures time and memory, and prints the peer's line of JSON.
import { readFileSync, writeSync } from 'node:fs';

export interface Moment {
  ns: bigint;
  cpuUs: number;
}

export function now(): Moment {
  const { user, system } = process.cpuUsage();
  return { ns: process.hrtime.bigint(), cpuUs: user + system };
}

export function secondsBetween(from: Moment, to: Moment): number {
  return Number(to.ns - from.ns) / 1e9;
}

export function msSince(ns: bigint): number {
  return Number(process.hrtime.bigint() - ns) / 1e6;
}

/** A value of /proc/self/status. maxRSS would be wrong: it includes the size of the parent at the time of the fork. */
export function statusKib(key: string): number {
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

export function report(workload: string, figures: Record<string, number | boolean>): void {
  const whole = { cpu_s: now().cpuUs / 1e6, rss_peak_kib: statusKib('VmHWM') };
  const round = (value: string | number | boolean): string | number | boolean =>
    typeof value === 'number' ? Number(value.toFixed(4)) : value;
  const line = { workload, ...figures, ...whole };
  const rounded = Object.fromEntries(Object.entries(line).map(([key, value]) => [key, round(value)]));
  writeSync(1, `${JSON.stringify(rounded)}\n`);
}
