import { channel } from 'node:diagnostics_channel';

/** A message of the channel `rxvirt:call` of `node:diagnostics_channel`: a call of libvirt's has ended. */
export interface CallMessage {
  /** The libvirt function, for example `'virDomainShutdownFlags'`. */
  readonly call: string;
  /** What it was called on: `"domain 'web'"`. */
  readonly target: string;
  /** The connection's URI without user and password. */
  readonly uri: string;
  /** How long it took, with the time that it waited for its turn. */
  readonly durationMs: number;
  /** Why it failed; absent when it did not. */
  readonly error?: unknown;
}

const calls = channel('rxvirt:call');

/** Reports a call when it has ended. Without a subscriber no message is made. */
export function reported<Answer>(answer: Promise<Answer>, about: () => AboutCall): Promise<Answer> {
  return calls.hasSubscribers ? watched(answer, about) : answer;
}

type AboutCall = Pick<CallMessage, 'call' | 'target' | 'uri'>;

async function watched<Answer>(answer: Promise<Answer>, about: () => AboutCall): Promise<Answer> {
  const begunAt = performance.now();
  const report = (outcome: { readonly error?: unknown }) => {
    calls.publish({ ...about(), durationMs: performance.now() - begunAt, ...outcome } satisfies CallMessage);
  };
  try {
    const value = await answer;
    report({});
    return value;
  } catch (error) {
    report({ error });
    throw error;
  }
}
