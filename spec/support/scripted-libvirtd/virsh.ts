import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ChangeSignal } from './change-signal.js';

const probeTimeoutMs = 250;
const lastAttempt = 40;

/** A running virsh: libvirt's own client. Its output is compared with what the daemon was told to send. */
export class Virsh {
  /** The output of virsh, one character for each byte, so that invalid UTF-8 is kept unchanged. */
  output = '';
  errors = '';
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  readonly #signal = new ChangeSignal();

  constructor(uri: string, ...given: readonly string[]) {
    // LC_ALL=C, because the specs compare virsh's English words.
    const env = { ...process.env, LC_ALL: 'C' };
    // Without a buffer: older versions of virsh buffer their output when it doesn't go to a terminal.
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

  /** Resolves once virsh has printed `text` to standard output or standard error. */
  async prints(text: string, timeoutMs?: number): Promise<void> {
    await this.#signal.until(
      () => `virsh to print ${JSON.stringify(text)}, not ${JSON.stringify(this.output + this.errors)}`,
      () => this.output.includes(text) || this.errors.includes(text) || undefined,
      timeoutMs,
    );
  }

  /**
   * Waits until virsh receives events. Calls `probe` again and again, which sends an event and returns the text that
   * virsh prints for it. When virsh has printed the text, forgets the output. There is no other sign that virsh is
   * ready. libvirt loses an event that comes too soon after the reply to a registration, because the registering thread
   * notes the daemon's callback id only after the reply. Each text must be different, so that a late one isn't taken
   * for the next one.
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

  /** Resolves with virsh's exit code once it has ended by itself. */
  async ends(): Promise<number | null> {
    const [code] = (await this.#closed) as [number | null];
    return code;
  }

  /** Interrupts virsh, like Ctrl-C, and waits for its end. */
  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    await this.ends();
  }
}
