import type { Entry } from '../../native/spec-native.js';
import { longestMs } from './native-commands.js';

const errorAndHangup = 4 | 8;

/** What the history tells of one source. */
export class RecordedPast {
  readonly isHandle: boolean;
  /** What is wanted now. */
  setting: number;
  isRemoved = false;
  isFreed = false;
  /** The callbacks since the last {@link forget}, and all of their bits. */
  callbacks = 0;
  bits = new Set<number>();
  /** Settings that other threads have replaced since the loop was last seen at work: a callback may still have been on its way. */
  #replaced: number[] = [];
  /** While a call is under way: what it sets. */
  #coming: number | undefined;
  #isBeingRemoved = false;

  constructor(isHandle: boolean, setting: number) {
    this.isHandle = isHandle;
    this.setting = setting;
  }

  forget(): void {
    this.callbacks = 0;
    this.bits.clear();
  }

  /** The loop's thread was seen: what comes from now on knows of everything before. */
  seeLoop(): void {
    this.#replaced = [];
  }

  /** Takes what has happened to the source, and returns what is wrong with it. */
  take({ what, bits, isLoopThread, isStackClean }: Entry): string | undefined {
    if (this.isFreed && what !== 'update' && what !== 'updated' && what !== 'remove' && what !== 'removed')
      return `${what} after the free`;
    switch (what) {
      case 'update':
        this.#coming = bits;
        return undefined;
      case 'updated':
        this.#settle(bits, isLoopThread);
        return undefined;
      case 'remove':
        this.#coming = this.#silence;
        this.#isBeingRemoved = true;
        return undefined;
      case 'removed': {
        const expected = this.isRemoved ? -1 : 0;
        this.#settle(this.#silence, isLoopThread);
        this.#isBeingRemoved = false;
        this.isRemoved = true;
        return bits === expected ? undefined : `a removal has answered ${bits}`;
      }
      case 'callback':
        this.callbacks++;
        this.bits.add(bits);
        if (!isLoopThread) return 'a callback on another thread';
        return this.#isAllowed(bits) ? undefined : `a callback with ${bits} for ${this.setting}`;
      case 'free':
        this.isFreed = true;
        if (!isLoopThread || !isStackClean) return 'a free on another thread, or on the stack of a call';
        // The thread of the loop can free it before the thread that removes it goes on.
        return this.isRemoved || this.#isBeingRemoved ? undefined : 'a free before the removal';
      default:
        return undefined;
    }
  }

  /** The bits with which a file that is ready for `ready` calls back. */
  own(ready: number, setting = this.setting): number {
    return setting === 0 ? 0 : ready & (setting | errorAndHangup);
  }

  get #silence(): number {
    return this.isHandle ? 0 : -1;
  }

  #settle(setting: number, isLoopThread: boolean): void {
    this.#coming = undefined;
    if (this.isRemoved) return;
    if (!isLoopThread) this.#replaced.push(this.setting);
    this.setting = setting;
  }

  #isAllowed(bits: number): boolean {
    const settings = [this.setting, ...this.#replaced, ...(this.#coming === undefined ? [] : [this.#coming])];
    return settings.some((setting) =>
      this.isHandle
        ? bits !== 0 && this.own(bits, setting) === bits
        : setting !== -1 && setting !== longestMs,
    );
  }
}
