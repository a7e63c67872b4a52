import { execFile } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PrivateLibvirtd } from '../libvirtd/private-libvirtd.js';
import { RogueDaemon, type Manner } from './rogue-daemon.js';
import type { Watcher } from './watcher.js';

const run = promisify(execFile);

/** What a fault acts on. */
export interface FaultRig {
  readonly libvirtd: PrivateLibvirtd;
  readonly watcher: Watcher;
  /** While this file exists, the watcher gets no new threads: see refuse-threads.c. */
  readonly threadsRefused: string;
  readonly random: () => number;
}

/** Does something bad, and puts it right again: when it resolves, the daemon answers and nothing is limited. */
export type Fault = (rig: FaultRig) => Promise<void>;

const restart =
  (signal: NodeJS.Signals): Fault =>
  async ({ libvirtd, random }) => {
    await libvirtd.kill(signal);
    await delay(random() * 200);
    await libvirtd.restart();
  };

const freeze =
  (ms: number): Fault =>
  async ({ libvirtd, random }) => {
    await libvirtd.pause();
    await delay(ms + random() * 200);
    libvirtd.resume();
  };

const rogue =
  (manner: Manner): Fault =>
  async ({ libvirtd, random }) => {
    await libvirtd.kill();
    const daemon = await RogueDaemon.listen(libvirtd.socketPath, manner);
    await delay(300 + random() * 2200);
    await daemon.close();
    await libvirtd.restart();
  };

const withoutSocket: Fault = async ({ libvirtd, random }) => {
  rmSync(libvirtd.socketPath);
  await delay(random() * 200);
  await libvirtd.restart();
};

const withoutFds: Fault = async ({ libvirtd, watcher, random }) => {
  const limit = (soft: string) => run('prlimit', ['--pid', String(watcher.pid), `--nofile=${soft}:`]);
  const { stdout } = await run('prlimit', [
    '--pid',
    String(watcher.pid),
    '--nofile',
    '--noheadings',
    '--output=SOFT',
  ]);
  // Descriptors are numbered from 0, and the lowest free number is taken. So a few stay free, or none.
  const open = readdirSync(`/proc/${watcher.pid}/fd`).length;
  await limit(String(open + Math.floor(random() * 5)));
  await libvirtd.restart();
  await delay(300);
  await limit(stdout.trim());
};

const withoutThreads: Fault = async ({ libvirtd, threadsRefused }) => {
  writeFileSync(threadsRefused, '');
  await libvirtd.restart();
  await delay(300);
  rmSync(threadsRefused);
};

const busy: Fault = async ({ watcher, random }) => {
  await watcher.ask({ ask: 'block', ms: 1000 + random() * 3000 });
};

/** Every kind of fault that a real daemon can have. */
export const randomFaults: Readonly<Record<string, Fault>> = {
  'killed (SIGKILL)': restart('SIGKILL'),
  'ended (SIGTERM)': restart('SIGTERM'),
  'stopped for a moment': freeze(100),
  'stopped until keepalive ends it': freeze(2500),
  'socket removed': withoutSocket,
  'accepts and says nothing': rogue('mute'),
  'sends garbage': rogue('garbage'),
  'sends half a message': rogue('half a message'),
  'sends a huge length': rogue('huge length'),
  'sends a reply nobody asked for': rogue('unasked reply'),
  'no file descriptors': withoutFds,
  'no threads': withoutThreads,
  'JavaScript is busy': busy,
};
