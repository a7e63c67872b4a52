import { describe } from '../arguments.js';
import { native, type AskedCredential } from '../native.js';
import { receivers } from '../native/receivers.js';

/** What kind of credential is asked for; libvirt's virConnectCredentialType. */
export type CredentialType =
  | 'username'
  | 'authname'
  | 'language'
  | 'cnonce'
  | 'passphrase'
  | 'echo-prompt'
  | 'noecho-prompt'
  | 'realm'
  | 'external'
  | 'unknown';

/** Something that libvirt wants to know before it opens a connection. */
export interface WantedCredential {
  readonly type: CredentialType;
  /** What to ask a person. */
  readonly prompt: string | null;
  /** What the other side says about it: a challenge, or the name of the host. */
  readonly challenge: string | null;
  /** The answer if a person gives none. */
  readonly defaultResult: string | null;
}

/**
 * Answers what libvirt wants to know: one string for each credential, in this order. A promise may take its time: the
 * call thread of the open waits for it, and JavaScript goes on. When the callback throws or its promise rejects, and when
 * the answer isn't such an array, the open is refused; the error has the reason as its `cause`. rxvirt doesn't keep the
 * answers, and they come in no message.
 */
export type AuthCallback = (
  credentials: readonly WantedCredential[],
) => Promise<readonly string[]> | readonly string[];

/** By libvirt's numbers. */
const types: readonly CredentialType[] = [
  'unknown',
  'username',
  'authname',
  'language',
  'cnonce',
  'passphrase',
  'echo-prompt',
  'noecho-prompt',
  'realm',
  'external',
];

/**
 * Lets `callback` answer what libvirt asks while it opens the connection with this token.
 * @returns what tells the cause of a refusal; undefined if nothing was refused.
 */
export function answerWith(token: number, callback: AuthCallback): () => { cause: unknown } | undefined {
  let refusal: { cause: unknown } | undefined;
  const ask = async (asked: readonly AskedCredential[]) => {
    const credentials = asked.map(([type, prompt, challenge, defaultResult]) =>
      Object.freeze({ type: types[type] ?? 'unknown', prompt, challenge, defaultResult }),
    );
    try {
      const answers: unknown = await callback(Object.freeze(credentials));
      native().answerAuth(token, checked(answers, credentials.length));
    } catch (cause) {
      refusal = { cause };
      native().answerAuth(token, null);
    }
  };
  receivers.auth.set(token, (asked) => void ask(asked));
  return () => refusal;
}

/** Its messages say nothing of the answers. */
function checked(answers: unknown, count: number): readonly string[] {
  if (!Array.isArray(answers))
    throw new TypeError(`auth must give an array of strings, got ${describe(answers)}`);
  if (answers.length !== count)
    throw new TypeError(
      `auth must give ${count} ${count === 1 ? 'string' : 'strings'}, got ${answers.length}`,
    );
  for (const answer of answers as unknown[]) {
    if (typeof answer !== 'string') throw new TypeError(`auth must give strings, got ${describe(answer)}`);
    if (answer.includes('\0')) throw new TypeError('auth must give strings without null characters');
  }
  return [...(answers as string[])]; // the addon takes no proxy of an array
}
