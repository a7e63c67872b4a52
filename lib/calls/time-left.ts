// A fake clock of tests doesn't have it.
import { performance } from 'node:perf_hooks';
import { also } from './also.js';
import type { CallOptions } from './call-options.js';
import { checkedFlags, type Flags } from './flags.js';

/**
 * For a method that makes several calls, one after the other. Returns a function that makes the options of its next
 * call, so that all calls together keep to the timeout.
 * @param call The name of the method's last call, for messages about wrong options.
 * @param flags What flags the options stand for in that call.
 * @throws {TypeError} or RangeError for options that the method doesn't take.
 */
export function timeLeft<Options extends CallOptions>(
  call: string,
  options: Options,
  flags?: Flags<Options>,
): () => Options {
  checkedFlags(call, options, flags);
  const { timeout } = options;
  if (timeout === undefined) return () => options;
  const end = performance.now() + timeout;
  return () => also(options, { timeout: Math.max(0, Math.ceil(end - performance.now())) });
}
