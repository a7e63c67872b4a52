// A fake clock of tests doesn't have it.
import { performance } from 'node:perf_hooks';
import { LibvirtError } from '../errors.js';

/** How long a question may have no answer. */
const longestMs = 10_000;

/** A question for a domain's job, which is asked again and again. */
export class Question<Flags, Answer> {
  readonly #ask: (flags: Flags) => Promise<Answer | null>;
  #unansweredSince: number | undefined;

  /** @param ask Asks libvirt; null when there is no job. */
  constructor(ask: (flags: Flags) => Promise<Answer | null>) {
    this.#ask = ask;
  }

  /**
   * Null when there is no job, undefined when nobody knows. QEMU's driver fails with an internal error for a moment, while a
   * job begins or ends: its data are not there yet, or no more.
   * @param hasBegun A domain that is gone after its job has begun has no job any more. Before that the job would never
   *   begin, which is an error.
   */
  async ask(flags: Flags, hasBegun: boolean): Promise<Answer | null | undefined> {
    try {
      const answer = await this.#ask(flags);
      this.#unansweredSince = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      const { code } = error;
      // The domain doesn't run.
      if (code === 'VIR_ERR_OPERATION_INVALID' || (code === 'VIR_ERR_NO_DOMAIN' && hasBegun)) return null;
      if (code !== 'VIR_ERR_INTERNAL_ERROR') throw error;
      const now = performance.now();
      this.#unansweredSince ??= now;
      if (now - this.#unansweredSince > longestMs) throw error;
      return undefined;
    }
  }
}
