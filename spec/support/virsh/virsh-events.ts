import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cleanUpAtExit } from '../libvirtd/leftovers.js';
import { virsh, virshEnvironment } from './virsh.js';
import { parseVirshEvents, type VirshEvent, type VirshEventCategory } from './virsh-event-lines.js';

const remoteProgram = 0x20008086;
const qemuProgram = 0x20008087;

/** virsh's command for each category, and the call of the remote protocol with which this command registers. */
const commands = {
  domain: { command: 'event', program: remoteProgram, procedure: 316 },
  network: { command: 'net-event', program: remoteProgram, procedure: 313 },
  'storage-pool': { command: 'pool-event', program: remoteProgram, procedure: 368 },
  'node-device': { command: 'nodedev-event', program: remoteProgram, procedure: 374 },
  secret: { command: 'secret-event', program: remoteProgram, procedure: 380 },
  'qemu-monitor': { command: 'qemu-monitor-event', program: qemuProgram, procedure: 4 },
} as const satisfies Record<VirshEventCategory, unknown>;

/** The events that a running virsh sees on a connection to a daemon. virsh is the reference for every event. */
export class VirshEvents implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #arrivals = new EventEmitter().setMaxListeners(0);
  readonly #seen: VirshEvent[] = [];
  readonly #exit: Promise<unknown>;
  readonly #forget: () => void;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#exit = once(child, 'exit');
    this.#forget = cleanUpAtExit(() => child.kill('SIGKILL'));
    // virsh writes each event in one piece, so a chunk ends where an event ends.
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#seen.push(...parseVirshEvents(text));
      this.#arrivals.emit('arrival');
    });
  }

  /**
   * Starts virsh, and resolves when the daemon has acknowledged its registrations.
   * @param type The type of the events, as `--list` names it. The default is all types for domains, and `lifecycle` for
   * other objects. It has no meaning for QEMU monitor events.
   * @param filter More options of virsh's command, such as `--domain`.
   */
  static async start(
    uri: string,
    category: VirshEventCategory,
    type?: string,
    filter: readonly string[] = [],
  ): Promise<VirshEvents> {
    const { command } = commands[category];
    const isAll = category === 'domain' && type === undefined;
    const registrations = isAll ? (await virsh(uri, command, '--list')).split('\n').length : 1;
    const choice = isAll ? ['--all'] : category === 'qemu-monitor' ? [] : ['--event', type ?? 'lifecycle'];
    // Without a buffer: virsh buffers its output when it doesn't go to a terminal.
    const args = ['--output=0', 'virsh', '--connect', uri, command, ...choice, ...filter, '--loop'];
    const child = spawn('stdbuf', args, {
      // virsh prints no line that says "registered". But libvirt can log the daemon's replies.
      env: { ...virshEnvironment(), LIBVIRT_LOG_FILTERS: '2:rpc', LIBVIRT_LOG_OUTPUTS: '2:stderr' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const events = new VirshEvents(child);
    try {
      await repliesTo(child, category, registrations);
    } catch (error) {
      await events.stop();
      throw error;
    }
    return events;
  }

  /** All events so far, oldest first. */
  get seen(): readonly VirshEvent[] {
    return this.#seen;
  }

  /** All events so far, to be shown when a spec fails. */
  get log(): string {
    return this.#seen.map((event) => JSON.stringify(event)).join('\n');
  }

  /** Resolves with the first event that satisfies a condition. Waits for it if it has not come yet. */
  async first(condition: (event: VirshEvent) => boolean): Promise<VirshEvent> {
    for (;;) {
      const found = this.#seen.find(condition);
      if (found !== undefined) return found;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error('virsh has ended');
      await Promise.race([once(this.#arrivals, 'arrival'), this.#exit]);
    }
  }

  /** Ends virsh. Does nothing the second time. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
    this.#forget();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function repliesTo(child: ChildProcess, category: VirshEventCategory, count: number): Promise<void> {
  const { program, procedure } = commands[category];
  const reply = new RegExp(`RPC_CLIENT_MSG_RX: .* prog=${program} vers=1 proc=${procedure} type=1 `, 'g');
  await new Promise<void>((resolve, reject) => {
    let log: string | undefined = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      // The log is read until the end, because virsh would block on a full pipe. It is kept only until all replies are
      // there.
      if (log === undefined) return;
      log += text;
      if ((log.match(reply) ?? []).length < count) return;
      log = undefined;
      resolve();
    });
    child.once('close', () => {
      const words = log?.split('\n').filter((line) => line.startsWith('error:'));
      reject(new Error(`virsh has ended before it had registered: ${words?.join(' ') ?? ''}`));
    });
  });
}
