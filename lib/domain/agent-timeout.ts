import { integer } from '../calls/values.js';

/**
 * How many seconds libvirt waits for the agent of a guest; 0 for not at all. `'block'` waits as long as it takes, and
 * `'default'` as the host is configured.
 */
export type AgentTimeout = number | 'block' | 'default';

/** libvirt's virDomainAgentResponseTimeoutValues. */
const words: Readonly<Record<string, number>> = { block: -2, default: -1 };

/** The number that libvirt takes. */
export function agentTimeout(name: string, timeout: AgentTimeout): number {
  if (typeof timeout !== 'string') return integer(name, timeout, 0);
  const number = Object.hasOwn(words, timeout) ? words[timeout] : undefined;
  if (number === undefined)
    throw new TypeError(`${name} must be a number, 'block' or 'default', got '${timeout as string}'`);
  return number;
}
