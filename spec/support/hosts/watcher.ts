import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WatchOptions } from '../../../lib/index.js';
import { processSize, type ProcessSize } from '../programs/process-size.js';
import type { Contents } from './contents.js';

export interface WatcherQuestion {
  /** `'subscribe'` first subscribes to node devices, `'block'` first keeps JavaScript busy; `'weigh'` first collects garbage; `'close'` closes the host. */
  readonly ask: 'look' | 'subscribe' | 'block' | 'weigh' | 'close';
  /** For how long `'block'` keeps JavaScript busy. */
  readonly ms?: number;
}

/** What a watcher knows about its host. */
export interface WatcherAnswer {
  readonly contents: Contents;
  /** Whether the changes, one after the other, lead to the same domains as the maps. */
  readonly doChangesAgree: boolean;
  readonly state: string;
  readonly troubles: readonly string[];
  /** How many connections were lost, by reason. */
  readonly losses: Readonly<Record<string, number>>;
  /** Why the host had to wait, and how often. */
  readonly openErrors: Readonly<Record<string, number>>;
  readonly lastError: string;
  /** How many node devices there are, after `'subscribe'`. */
  readonly devices: number;
  readonly gaps: number;
  readonly events: number;
  readonly heapKiB: number;
}

/** A process of its own that watches a host. So its size can be measured, and its limits can be set. */
export class Watcher implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<readonly [number | null, NodeJS.Signals | null]>;
  #errors = '';

  constructor(uri: string, options: WatchOptions, env: Readonly<Record<string, string>> = {}) {
    const path = fileURLToPath(new URL('../../fixtures/watcher.js', import.meta.url));
    this.#child = fork(path, [uri, JSON.stringify(options)], {
      env: { ...process.env, ...env },
      execArgv: ['--expose-gc', '--enable-source-maps'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#ended = once(this.#child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** What it has printed on stderr. */
  get errors(): string {
    return this.#errors;
  }

  get size(): ProcessSize {
    return processSize(this.pid);
  }

  /** Asks for what it knows. Rejects when the process has ended. */
  async ask(question: WatcherQuestion = { ask: 'look' }): Promise<WatcherAnswer> {
    const answer = once(this.#child, 'message') as Promise<[WatcherAnswer]>;
    this.#child.send(question);
    const [first] = await Promise.race([
      answer,
      this.#ended.then(([code, signal]) => {
        throw new Error(`the watcher has ended with ${signal ?? String(code)}:\n${this.#errors}`);
      }),
    ]);
    return first;
  }

  /** Closes the host. Rejects unless the process then ends by itself, having printed no error. */
  async close(): Promise<void> {
    this.#child.send({ ask: 'close' } satisfies WatcherQuestion);
    const [code, signal] = await this.#ended;
    if (code !== 0 || this.#errors !== '')
      throw new Error(`the watcher ended with ${signal ?? String(code)}:\n${this.#errors}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
