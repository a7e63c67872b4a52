// The places where specs run: this machine, or a chroot with another release of Debian.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptSettings, environment, mirror, sharedFiles } from './host-settings.mjs';
import { run } from './step.mjs';

const enterChroot = fileURLToPath(new URL('enter-chroot.sh', import.meta.url));

// Each run has namespaces of its own. When they end, the daemons and guests that the run left behind end with the one
// for processes, and its mounts with the one for mounts.
const apart = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child=KILL'];

/** This machine, with what is installed on it. */
export class Host {
  /** The clone's folder, as seen from this machine. */
  clone;

  constructor(folder) {
    this.clone = join(folder, 'host', 'rxvirt');
  }

  async prepare() {}

  /** The program, arguments and environment with which a command runs in the clone. */
  command(args, { prefix }) {
    return {
      program: 'unshare',
      args: [...apart, '--mount-proc', 'tini', '--', 'env', `--chdir=${this.clone}`, ...args],
      env: environment(prefix, process.env.PATH),
    };
  }
}

/** A chroot with a release of Debian. It stays in the folder, and later runs use it again. */
export class Chroot {
  clone;
  #folder;
  #suite;
  #root;

  constructor(folder, suite) {
    this.#folder = folder;
    this.#suite = suite;
    this.#root = join(folder, suite);
    this.clone = join(this.#root, 'rxvirt');
  }

  async prepare({ isFresh }) {
    if (isFresh) rmSync(this.#root, { recursive: true, force: true });
    if (existsSync(this.#root)) return;
    const unfinished = `${this.#root}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const log = join(this.#folder, 'logs', `${this.#suite}.log`);
    const args = ['--variant=minbase', '--include=tini', this.#suite, unfinished, ...mirror()];
    await run(`making ${this.#suite}`, log, 'debootstrap', args);
    // Packages must not start services here: they would run on this machine itself.
    writeFileSync(join(unfinished, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    writeFileSync(join(unfinished, 'etc/apt/apt.conf.d/50host'), aptSettings());
    renameSync(unfinished, this.#root);
  }

  command(args, { prefix, cache }) {
    mkdirSync(dirname(this.clone), { recursive: true });
    const binds = [
      [prefix, '/opt/node'],
      [cache, '/var/cache/npm'],
      ...sharedFiles().map((path) => [path, path]),
    ];
    const inside = ['env', '--chdir=/rxvirt', ...args];
    return {
      program: 'unshare',
      args: [...apart, enterChroot, this.#root, ...binds.flat(), '--', ...inside],
      env: {
        ...environment('/opt/node', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'),
        npm_config_cache: '/var/cache/npm',
      },
    };
  }
}
