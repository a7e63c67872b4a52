import { rmSync } from 'node:fs';
import { DaemonProcess } from './daemon-process.js';
import { daemonReadiness } from './daemon-readiness.js';
import { cleanUpAtExit } from './leftovers.js';
import { processStop } from './process-state.js';
import { RigDirectory } from './rig-directory.js';

export interface PrivateLibvirtdOptions {
  /** Seconds of silence after which the daemon sends a keepalive message; -1 for none. libvirtd's own default is 5. */
  keepaliveInterval?: number;
  /** After how many unanswered keepalive messages the daemon drops a client. libvirtd's own default is 5. */
  keepaliveCount?: number;
  /** How clients of the Unix socket prove who they are; not at all unless given. */
  unixAuth?: 'none' | 'sasl';
  /** More lines for libvirtd.conf, such as `log_filters="1:rpc"`. */
  configuration?: readonly string[];
  /** How many milliseconds the daemon may take until it answers. The default is 20000. */
  timeoutMs?: number;
}

/** How a daemon is started. */
export interface DaemonCommand {
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Keeps the privileges of the specs. */
  isPrivileged?: boolean;
}

/**
 * A real libvirtd without privileges, with its own socket in its own temporary directory. Specs may kill, pause and
 * restart it, and may run any number of them.
 */
export class PrivateLibvirtd implements AsyncDisposable {
  readonly directory = new RigDirectory();
  readonly socketPath = this.directory.join('libvirt-sock');
  protected readonly pidFilePath = this.directory.join('libvirtd.pid');
  readonly #configurationPath: string;
  readonly #timeoutMs: number;
  readonly #forget: () => void;
  #process: DaemonProcess | undefined;
  #earlierOutput = '';
  #isStopped = false;

  protected constructor(options: PrivateLibvirtdOptions) {
    this.#forget = cleanUpAtExit(() => this.cleanUpNow());
    this.#timeoutMs = options.timeoutMs ?? 20_000;
    this.#configurationPath = this.directory.writeFile(
      'libvirtd.conf',
      configuration(this.directory, options),
    );
    for (const name of ['home', 'run']) this.directory.makeDirectory(name);
  }

  /** Starts a daemon and resolves when it answers. */
  static async start(options: PrivateLibvirtdOptions = {}): Promise<PrivateLibvirtd> {
    const libvirtd = new PrivateLibvirtd(options);
    await libvirtd.launch();
    return libvirtd;
  }

  /** libvirt's test driver, in the daemon. */
  get uri(): string {
    return this.uriOf('test', '/default');
  }

  /** The URI of another driver behind the same socket, such as `uriOf('qemu', '/session')`. */
  uriOf(driver: string, path: string): string {
    return `${driver}+unix://${path}?socket=${this.socketPath}`;
  }

  /** The process id of libvirtd itself. */
  get pid(): number {
    return this.daemonPid(this.#running());
  }

  get isAlive(): boolean {
    return this.#process?.isAlive ?? false;
  }

  /** What the daemon has printed, including before its restarts. */
  get log(): string {
    return this.#earlierOutput + (this.#process?.output ?? '');
  }

  /** Ends the daemon with a signal, and resolves when it has ended. The socket's file stays, as after a crash. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { ended } = this.#running();
    process.kill(this.pid, signal);
    await ended;
  }

  /**
   * Stops the daemon with SIGSTOP: its connections stay, but it answers nothing. Resolves when all its threads stopped.
   */
  async pause(): Promise<void> {
    const { pid } = this;
    process.kill(pid, 'SIGSTOP');
    await processStop(pid);
  }

  /** Lets a paused daemon continue. */
  resume(): void {
    process.kill(this.pid, 'SIGCONT');
  }

  /** Starts a new daemon on the same socket. Kills the old one first, if it still runs. */
  async restart(): Promise<void> {
    if (this.#isStopped) throw new Error('this libvirtd has been stopped for good');
    if (this.isAlive) await this.kill();
    this.#earlierOutput = this.log;
    await this.launch();
  }

  /** Ends the daemon and removes its directory. Does nothing the second time. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    const daemon = this.#process;
    daemon?.killGroup();
    await daemon?.ended;
    this.cleanUpNow();
    this.#forget();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** The program, its arguments and its environment. */
  protected command(): DaemonCommand {
    return {
      program: 'libvirtd',
      args: ['-f', this.#configurationPath, '-p', this.pidFilePath],
      env: { HOME: this.directory.join('home'), XDG_RUNTIME_DIR: this.directory.join('run') },
    };
  }

  /** Which process is libvirtd, when the program is a wrapper around it. */
  protected daemonPid(daemon: DaemonProcess): number {
    return daemon.pid;
  }

  protected async launch(): Promise<void> {
    // A killed daemon leaves its socket behind. It is removed, so that only the new daemon can answer.
    rmSync(this.socketPath, { force: true });
    try {
      const { program, args, env, isPrivileged } = this.command();
      const daemon = await DaemonProcess.spawn(program, args, env, isPrivileged);
      this.#process = daemon;
      await daemonReadiness(this.socketPath, () => daemon.isAlive, this.#timeoutMs);
    } catch (error) {
      const { log } = this;
      await this.stop();
      throw new Error(`libvirtd did not start; its log:\n${log}`, { cause: error });
    }
  }

  /** Kills and removes everything, synchronously. Called when the specs' process ends. */
  protected cleanUpNow(): void {
    this.#process?.killGroup();
    this.directory.remove();
  }

  #running(): DaemonProcess {
    if (this.#process?.isAlive !== true) throw new Error('this libvirtd is not running');
    return this.#process;
  }
}

function configuration(directory: RigDirectory, options: PrivateLibvirtdOptions): string {
  const lines = [
    `unix_sock_dir = "${directory.path}"`,
    `auth_unix_rw = "${options.unixAuth ?? 'none'}"`,
    'log_outputs = "3:stderr"',
  ];
  if (options.keepaliveInterval !== undefined)
    lines.push(`keepalive_interval = ${options.keepaliveInterval}`);
  if (options.keepaliveCount !== undefined) lines.push(`keepalive_count = ${options.keepaliveCount}`);
  return [...lines, ...(options.configuration ?? []), ''].join('\n');
}
