import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';

/**
 * Which of a domain's two descriptions is meant. Unless an option is true, it is the running domain's, or the definition
 * of a domain that doesn't run. A change can be for both; a question can't.
 */
export interface ImpactOptions extends CallOptions {
  /** The running domain. Rejects when it doesn't run. */
  readonly live?: boolean;
  /** Its definition, which counts at its next start. Rejects when it has none. */
  readonly config?: boolean;
}

/** libvirt's virDomainModificationImpact. */
export const impactFlags: Flags<ImpactOptions> = { live: 1 << 0, config: 1 << 1 };
