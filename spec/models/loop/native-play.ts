import { turns } from '../../native/recorded-source.js';
import { specNative, type SourceIndex } from '../../native/spec-native.js';
import type { Faults } from '../runs.js';
import {
  longestMs,
  nativeFrequencies,
  nativeMasks,
  type Change,
  type NativeCommand,
} from './native-commands.js';
import type { ReadyFile } from './native-files.js';
import { RecordedPast } from './native-history.js';

// Long enough for a busy machine. Only a run that fails waits for so long.
const limitMs = 5000;

/** Uses libvirt's public functions as the commands say, and checks what the addon and the loop make of it. */
class NativePlay {
  readonly #faults: string[] = [];
  readonly #files: readonly ReadyFile[];
  readonly #sources: SourceIndex[] = [];
  readonly #past = new Map<SourceIndex, RecordedPast>();
  readonly #ready = new Map<SourceIndex, number>();

  constructor(files: readonly ReadyFile[]) {
    this.#files = files;
  }

  async run(commands: readonly NativeCommand[]): Promise<Faults> {
    for (const command of commands) {
      await this.#do(command);
      specNative.mark();
      this.#read();
    }
    await this.#settle();
    await this.#removeAll();
    return this.#faults;
  }

  async #do(command: NativeCommand): Promise<void> {
    switch (command.what) {
      case 'add':
        this.#add(command);
        break;
      case 'change': {
        const [source, removes, wanted] = this.#resolve(command);
        if (source === undefined) return;
        if (removes) specNative.removeSource(source, command.onThread);
        else specNative.updateSource(source, wanted, command.onThread);
        break;
      }
      case 'plan': {
        const [source] = this.#resolve({ ...command.change, source: command.source });
        const [target, removes, wanted] = this.#resolve(command.change);
        if (source === undefined || target === undefined) return;
        specNative.addStep(source, command.onFree, removes, target, wanted, command.onThread);
        break;
      }
      case 'together': {
        if (this.#sources.length === 0) return;
        const threads = command.threads.map((changes) =>
          changes.flatMap((change) => this.#resolve(change).map((number) => Number(number))),
        );
        specNative.startTogether(threads);
        await until(() => specNative.joinTogether());
        break;
      }
      case 'turns':
        await turns(command.count);
    }
  }

  #add({ file, setting, onThread }: Extract<NativeCommand, { what: 'add' }>): void {
    const { fd, ready } = this.#files[file] ?? { fd: -1, ready: 0 };
    const kind = fd === -1 ? 1 : 0;
    const wanted = settingOf(kind === 0, setting);
    const source = specNative.addSource(kind, fd, wanted, onThread);
    if (specNative.idOf(source) <= 0) this.#faults.push(`an add has answered ${specNative.idOf(source)}`);
    this.#sources.push(source);
    this.#past.set(source, new RecordedPast(kind === 0, wanted));
    this.#ready.set(source, ready);
  }

  #resolve({ source, removes, setting }: Change): [SourceIndex | undefined, boolean, number] {
    const found = this.#sources[source % this.#sources.length];
    const isHandle = found !== undefined && this.#past.get(found)?.isHandle === true;
    return [found, removes, settingOf(isHandle, setting)];
  }

  #read(): void {
    for (const entry of specNative.takeEntries()) {
      if (entry.isLoopThread)
        for (const past of this.#past.values()) if (entry.what !== 'callback') past.seeLoop();
      const fault = this.#past.get(entry.source)?.take(entry);
      if (fault !== undefined) this.#faults.push(`source ${entry.source}: ${fault}`);
      if (entry.what === 'callback') for (const past of this.#past.values()) past.seeLoop();
    }
  }

  // Nothing changes any more, apart from what was planned. So each source gets what was wanted last, and nothing else.
  async #settle(): Promise<void> {
    await turns(4);
    this.#read();
    const isSettled = () => {
      this.#read();
      return [...this.#past].every(([source, past]) => this.#isServed(source, past));
    };
    for (const past of this.#past.values()) past.forget();
    if (await until(isSettled)) return;
    const wrong = [...this.#past].filter(([source, past]) => !this.#isServed(source, past));
    for (const [source, { setting, bits, callbacks }] of wrong)
      this.#faults.push(
        `source ${source}, set to ${setting}, got ${callbacks} callbacks, ${[...bits].join(' ')}`,
      );
  }

  #isServed(source: SourceIndex, past: RecordedPast): boolean {
    if (!past.isHandle) return past.setting === -1 || past.setting === longestMs || past.callbacks > 0;
    const own = past.own(this.#ready.get(source) ?? 0);
    return own === 0 || past.bits.has(own);
  }

  async #removeAll(): Promise<void> {
    for (const source of this.#sources) specNative.removeSource(source, false);
    const areFreed = () => {
      this.#read();
      return [...this.#past.values()].every(({ isFreed }) => isFreed);
    };
    if (!(await until(areFreed))) this.#faults.push('something is never freed');
    await turns(2);
    this.#read();
  }
}

function settingOf(isHandle: boolean, index: number): number {
  const settings = isHandle ? nativeMasks : nativeFrequencies;
  return settings[index % settings.length] as number;
}

async function until(condition: () => boolean): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > end) return false;
    await turns(1);
  }
  return true;
}

/** Plays the commands with the loop that libvirt has, and returns what was wrong. */
export function playNatively(
  commands: readonly NativeCommand[],
  files: readonly ReadyFile[],
): Promise<Faults> {
  return new NativePlay(files).run(commands);
}
