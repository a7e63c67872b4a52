// Starts the servers to which a row's `uri=` and `quiet=` lead: flood_server, or a private libvirtd. All use one
// folder, which belongs to this run.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Daemon, Flood, TestHost, Volume } from './model.js';
import { bin } from './paths.js';
import { endProcess } from './process.js';

export interface Server extends AsyncDisposable {
  uri: string;
  /** The content of a volume. */
  file?: string;
}

const virsh = (uri: string, ...command: string[]) =>
  promisify(execFile)('virsh', ['-q', '-c', uri, ...command]);

const uriOf = (socket: string): string => `test+unix:///default?socket=${socket}`;

/** Starts servers. Disposing of it ends all of them, and removes their folder. */
export class Servers implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'rxvirt-bench-'));
  readonly #daemons = new Map<Daemon, Promise<Server>>();

  async open(server: Flood | Daemon | TestHost | Volume): Promise<Server> {
    if (typeof server === 'object' && 'mib' in server) return this.#volume(server);
    if (typeof server === 'object' && 'where' in server) return this.#testHost(server);
    if (typeof server === 'object') return flood(server, join(this.#folder, 'flood.sock'));
    const daemon = this.#daemons.get(server) ?? libvirtd(this.#folder, server);
    this.#daemons.set(server, daemon);
    const { uri } = await daemon;
    return { uri, [Symbol.asyncDispose]: () => Promise.resolve() };
  }

  async #volume({ mib }: Volume): Promise<Server> {
    const { uri: testUri } = await this.open('libvirtd');
    const uri = testUri.replace('test+unix:///default', 'storage+unix:///session');
    const pool = join(this.#folder, 'pool');
    const file = join(this.#folder, 'volume-content');
    const dispose = () => {
      rmSync(pool, { recursive: true, force: true });
      rmSync(file, { force: true });
    };
    mkdirSync(pool);
    const block = randomBytes(1 << 20);
    writeFileSync(file, '');
    for (let written = 0; written < mib; written++) appendFileSync(file, block);
    copyFileSync(file, join(pool, 'volume'));
    if (process.getuid?.() === 0)
      for (const path of [pool, join(pool, 'volume')]) chownSync(path, NOBODY, NOBODY);
    await virsh(uri, 'pool-create-as', 'bench', 'dir', '--target', pool);
    const end = async () => {
      await virsh(uri, 'pool-destroy', 'bench');
      dispose();
    };
    return { uri, file, [Symbol.asyncDispose]: end };
  }

  async #testHost({ domains, where }: TestHost): Promise<Server> {
    const file = join(this.#folder, `${domains}-domains.xml`);
    const names = ['test', ...Array.from({ length: domains - 1 }, (_, i) => `d${i}`)];
    writeFileSync(file, `<node>${names.map(domainXml).join('')}</node>`);
    const daemon = where === 'libvirtd' ? await this.open('libvirtd') : undefined;
    const uri = daemon === undefined ? `test://${file}` : daemon.uri.replace('/default', file);
    return { uri, [Symbol.asyncDispose]: () => Promise.resolve() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A libvirtd that failed to start has already ended.
    for (const daemon of await Promise.allSettled(this.#daemons.values()))
      if (daemon.status === 'fulfilled') await daemon.value[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const domainXml = (name: string): string =>
  `<domain type='test'><name>${name}</name><memory>8192</memory><os><type>hvm</type></os></domain>`;

async function flood({ events, domains = 1, connections = 1 }: Flood, socket: string): Promise<Server> {
  const args = [socket, `events=${events}`, `domains=${domains}`, `connections=${connections}`];
  const child = spawn(`${bin}flood_server`, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { uri: uriOf(socket), [Symbol.asyncDispose]: () => endProcess(child) };
}

const NOBODY = 65534;

const CONFIGURATION: Record<Daemon, string> = {
  libvirtd: '',
  'pinging-libvirtd': 'keepalive_interval = 1\nkeepalive_count = 3\n',
};

/**
 * When this process runs as root, libvirtd runs as nobody. So it uses only its own folder, and no files of the
 * system.
 */
async function libvirtd(folder: string, name: Daemon): Promise<Server> {
  const home = join(folder, name);
  const config = join(home, 'libvirtd.conf');
  mkdirSync(home);
  writeFileSync(config, `unix_sock_dir = "${home}"\nauth_unix_rw = "none"\n${CONFIGURATION[name]}`);
  // libvirtd ends when this process ends, in whatever way that happens.
  let command = ['setpriv', '--pdeathsig', 'TERM'];
  if (process.getuid?.() === 0) {
    chmodSync(folder, 0o755);
    chownSync(home, NOBODY, NOBODY);
    command = [...command, `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  }
  command = [...command, 'libvirtd', '-f', config, '-p', join(home, 'pid')];
  const [program = '', ...args] = command;
  const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home };
  const child = spawn(program, args, { stdio: 'ignore', env });
  const socket = join(home, 'libvirt-sock');
  for (let waitedMs = 0; !existsSync(socket); waitedMs += 50) {
    if (waitedMs > 10_000 || child.exitCode !== null) throw new Error('libvirtd does not start');
    await delay(50);
  }
  return { uri: uriOf(socket), [Symbol.asyncDispose]: () => endProcess(child) };
}
