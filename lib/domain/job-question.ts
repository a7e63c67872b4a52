// A fake clock of tests doesn't have it.
import { performance } from 'node:perf_hooks';
import { LibvirtError, type LibvirtErrorCode } from '../errors.js';

/** How long a question may have no answer. */
const longestMs = 10_000;

/** These would be the same again. */
const lasting: readonly LibvirtErrorCode[] = [
  'VIR_ERR_ACCESS_DENIED',
  'VIR_ERR_INVALID_ARG',
  'VIR_ERR_NO_SUPPORT',
  'VIR_ERR_OPERATION_DENIED',
];

/** A question for a domain's job, which is asked again and again. */
export class Question<Flags, Answer> {
  readonly #ask: (flags: Flags) => Promise<Answer | null>;
  readonly #eventMs: number;
  #unansweredSince: number | undefined;

  /**
   * @param ask Asks libvirt; null when there is no job.
   * @param eventMs How long an event may be on its way that tells the end of a job.
   */
  constructor(ask: (flags: Flags) => Promise<Answer | null>, eventMs: number) {
    this.#ask = ask;
    this.#eventMs = eventMs;
  }

  /**
   * Null when there is no job, undefined when nobody knows this time. While a job begins or ends, QEMU's driver may not have
   * its data yet, or no more; and when QEMU ends during a question, its monitor can't be read.
   * @param hasBegun Whether the job was seen. A domain that is gone then, or has the disk no more by this path, has no job any
   *   more. A job that was not seen would never begin, which is an error, unless an event still tells of its end.
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
      if (code === 'VIR_ERR_OPERATION_INVALID') return null;
      const isGone = code === 'VIR_ERR_NO_DOMAIN';
      if (hasBegun && (isGone || code === 'VIR_ERR_INVALID_ARG')) return null;
      const now = performance.now();
      this.#unansweredSince ??= now;
      const mostMs = isGone ? this.#eventMs : longestMs;
      if (lasting.includes(code) || now - this.#unansweredSince > mostMs) throw error;
      return undefined;
    }
  }
}
