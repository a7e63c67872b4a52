import { readdirSync, readFileSync } from 'node:fs';

/** What a process takes of its machine. */
export interface ProcessSize {
  readonly rssKiB: number;
  readonly fds: number;
  readonly threads: number;
}

/** What a process takes at the moment. */
export function processSize(pid: number): ProcessSize {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const number = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return {
    rssKiB: number('VmRSS'),
    fds: readdirSync(`/proc/${pid}/fd`).length,
    threads: number('Threads'),
  };
}
