import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ChangeSignal } from './change-signal.js';

const probeTimeoutMs = 250;
const lastAttempt = 40;

/** A running virsh: libvirt's own client, to compare with what the daemon was told to send. */
export class Virsh {
  /** What it printed, one character per byte, so that invalid UTF-8 stays what it is. */
  output = '';
  errors = '';
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  readonly #signal = new ChangeSignal();

  constructor(uri: string, ...given: readonly string[]) {
    // LC_ALL: the specs compare words.
    const env = { ...process.env, LC_ALL: 'C' };
    // Unbuffered: older ones keep what they print to themselves as long as their output is no terminal.
    const args = ['--output=0', 'virsh', '-c', uri, ...given];
    const child = spawn('stdbuf', args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    this.#child = child;
    this.#closed = once(child, 'close');
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      this.output += text;
      this.#signal.notify();
    });
    child.stderr.setEncoding('latin1').on('data', (text: string) => {
      this.errors += text;
      this.#signal.notify();
    });
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves once it has printed `text`, to standard output or standard error. */
  async prints(text: string, timeoutMs?: number): Promise<void> {
    await this.#signal.until(
      () => `virsh to print ${JSON.stringify(text)}, not ${JSON.stringify(this.output + this.errors)}`,
      () => this.output.includes(text) || this.errors.includes(text) || undefined,
      timeoutMs,
    );
  }

  /**
   * Has `probe` send an event, again and again, until virsh prints the text that `probe` returned; then forgets
   * the output. Nothing else tells that virsh is ready: libvirt loses an event that follows the reply to a
   * registration too closely, because the registering thread notes the daemon's callback id only afterwards.
   * Each text has to be another, so that a late one isn't taken for the next.
   */
  async hears(probe: (attempt: number) => string | Promise<string>): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const text = await probe(attempt);
      try {
        await this.prints(text, probeTimeoutMs);
        break;
      } catch (error) {
        if (attempt === lastAttempt) throw error;
      }
    }
    this.output = '';
  }

  /** Resolves with its exit code once it has ended by itself. */
  async ends(): Promise<number | null> {
    const [code] = (await this.#closed) as [number | null];
    return code;
  }

  /** Interrupts it, as Ctrl-C does, and waits for its end. */
  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    await this.ends();
  }
}
