import { beforeSecretParameter, redact, splitUri } from './redact.js';
import { decoded, mostUrisWithin, urisWithin } from './uri-parameters.js';

/**
 * A URI with a password in its user or its query, and those parts of it that libvirt and its helpers may
 * quote.
 */
interface Secret {
  readonly uri: string;
  readonly redacted: string;
  /** The part before the user, or before the value in the query. */
  readonly head: string;
  /** The head and one character. A text without it quotes neither the URI nor a part of it that is cut off. */
  readonly beginning: string;
  /** User and password as written, decoded, and as libvirt writes them. */
  readonly userInfos: readonly string[];
}

// URIs are remembered, because errors and log lines can come after a connection has ended. This is how many.
const maxSecrets = 1000;

/** libvirt's messages have at most so many characters (VIR_ERROR_MAX_LENGTH). */
const mostQuoted = 1024;

const secrets = new Map<string, Secret>();

/** Remembers the passwords in `uri`, and in the URIs within it, for {@link withoutSecrets}. */
export function rememberSecrets(uri: string, depth = 0): void {
  if (depth < mostUrisWithin) for (const within of urisWithin(uri)) rememberSecrets(within, depth + 1);
  // The text as the addon gives it to libvirt: half a surrogate pair becomes U+FFFD.
  const text = Buffer.from(uri).toString();
  const { head: beforeUser, userInfo, hasPassword } = splitUri(text);
  const head = hasPassword ? beforeUser : beforeSecretParameter(text);
  if (head === undefined) return;
  secrets.delete(text);
  const beginning = text.slice(0, head.length + 1);
  secrets.set(text, { uri: text, redacted: redact(text), head, beginning, userInfos: formsOf(userInfo) });
  const [oldest] = secrets.keys();
  if (secrets.size > maxSecrets && oldest !== undefined) secrets.delete(oldest);
}

/**
 * `text`, which comes from libvirt, without the passwords of the URIs that were opened. Every error and every line of the
 * log comes through here, and most quote no URI. So each secret first gets a look that costs little.
 */
export function withoutSecrets(text: string): string {
  let clean = text;
  // Whole URIs come before their parts, because two URIs may have a part in common.
  for (const { uri, redacted, beginning } of secrets.values()) {
    if (clean.includes(beginning)) clean = clean.replaceAll(uri, () => redacted);
  }
  for (const { uri, head, beginning } of secrets.values()) {
    if (clean.includes(beginning)) clean = withoutCutOff(clean, uri, head);
  }
  const mayHavePieces = clean.includes('@');
  for (const { userInfos } of secrets.values()) {
    for (const userInfo of userInfos) {
      if (mayHavePieces) clean = withoutPieces(clean, userInfo);
      if (clean.includes(userInfo)) clean = withoutUser(clean, userInfo);
    }
  }
  // These URIs come from a place that only libvirt knows, such as an alias in its configuration.
  return clean.replace(/[^\s'"]+/g, withoutUserInWord);
}

// libvirt quotes URIs within URIs with their escapes, each level once more. Words without a user keep them.
function withoutUserInWord(word: string): string {
  let shown = word;
  let form = word;
  for (let depth = 0; depth <= mostUrisWithin; depth++) {
    const clean = withoutUserAndPassword(form);
    if (clean !== form) shown = clean;
    form = decoded(clean);
    if (form === clean) break;
  }
  return shown;
}

// Removes user and password from a word that is a URI or ends with one. It works in two steps, because a
// single pattern would search a long word again from each of its characters.
function withoutUserAndPassword(word: string): string {
  const at = word.lastIndexOf('@');
  const found = /[a-z\d+.-]:\/\/[^/?#@:]*:/i.exec(word.slice(0, Math.max(0, at)));
  return found === null ? word : word.slice(0, found.index + 'x://'.length) + word.slice(at + 1);
}

// Removes a URI that is cut off at the end: libvirt cuts off long messages, even in the middle of a
// character.
function withoutCutOff(text: string, uri: string, head: string): string {
  const end = text.replace(/\uFFFD+$/, '');
  for (let length = Math.min(uri.length - 1, end.length); length > head.length; length--) {
    if (end.endsWith(uri.slice(0, length))) return end.slice(0, head.length - length) + '…';
  }
  return text;
}

// Removes pieces of a password. When libvirt splits a password at its delimiters, it quotes the pieces as
// host or path, up to the @.
function withoutPieces(text: string, userInfo: string): string {
  let clean = '';
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const before = text.slice(from, at);
    const piece = pieceAtEnd(before, userInfo);
    if (piece === 0) continue;
    clean += before.slice(0, before.length - piece);
    from = at + 1;
  }
  return clean + text.slice(from);
}

// The length of the longest piece that `before` ends with. A piece begins after a delimiter.
function pieceAtEnd(before: string, userInfo: string): number {
  let longest = 0;
  const most = Math.min(before.length, userInfo.length, mostQuoted);
  for (let length = 1; length <= most && before.at(-length) === userInfo.at(-length); length++) {
    const isPiece = length === userInfo.length || /[:/?#@]/.test(userInfo.at(-length - 1) ?? '');
    if (isPiece && !isWithinWord(before, length)) longest = length;
  }
  return longest;
}

function isWithinWord(before: string, length: number): boolean {
  const end = before.length - length;
  return /[\p{L}\p{N}]$/u.test(before.slice(Math.max(0, end - 2), end));
}

// Removes the password from a user's name: ssh takes both together as the name.
function withoutUser(text: string, userInfo: string): string {
  const [user, password] = userInfo.split(/:(.*)/s);
  if (password === undefined || password === '') return text;
  const quoted = userInfo.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
  return text.replace(
    new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, 'gu'),
    () => `${user}:***`,
  );
}

function formsOf(userInfo: string): readonly string[] {
  const plain = decoded(userInfo);
  const encoded = encodeURIComponent(plain);
  // These characters are not escaped in a user by libvirt's URI library.
  const completed = encoded.replace(/%(?:3B|3A|26|3D|2B|24|2C)/g, decodeURIComponent);
  return [...new Set([userInfo, plain, encoded, completed])];
}
