// A fake clock of tests doesn't have it.
import { performance } from 'node:perf_hooks';
import { checkCallOptions, type CallOptions } from './call-options.js';
import { flagsOf, type Flags } from './flags.js';

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
  checkCallOptions(call, options, Object.keys(flags ?? {}));
  if (flags !== undefined) flagsOf(options, flags);
  const { timeout } = options;
  if (timeout === undefined) return () => options;
  const end = performance.now() + timeout;
  return () => {
    const next: Record<string, unknown> = {};
    // With those that are inherited: checkCallOptions has seen them too.
    for (const key in options) next[key] = options[key];
    next['timeout'] = Math.max(0, Math.ceil(end - performance.now()));
    return next as Options;
  };
}
