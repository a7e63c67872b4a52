import { beforeSecretParameter, redact, splitUri } from './redact.js';

/** A URI with a password, in its user or its query, and what libvirt and its helpers may quote of it. */
interface Secret {
  readonly uri: string;
  readonly redacted: string;
  /** What stands before the user, or before the value in the query. */
  readonly head: string;
  /** User and password as written, decoded, and as libvirt writes them. */
  readonly userInfos: readonly string[];
}

// Errors and log lines can come after a connection has ended, so URIs are remembered; but not without bound.
const maxSecrets = 1000;
const secrets = new Map<string, Secret>();

/** Remembers the password in `uri`, if there is one, for {@link withoutSecrets}. */
export function rememberSecrets(uri: string): void {
  // As the addon gives it to libvirt: half a surrogate pair becomes U+FFFD.
  const text = Buffer.from(uri).toString();
  const { head: beforeUser, userInfo, hasPassword } = splitUri(text);
  const head = hasPassword ? beforeUser : beforeSecretParameter(text);
  if (head === undefined) return;
  secrets.delete(text);
  secrets.set(text, { uri: text, redacted: redact(text), head, userInfos: formsOf(userInfo) });
  const [oldest] = secrets.keys();
  if (secrets.size > maxSecrets && oldest !== undefined) secrets.delete(oldest);
}

/** `text`, which comes from libvirt, without the passwords of the URIs that were opened. */
export function withoutSecrets(text: string): string {
  let clean = text;
  // The whole before its parts: another URI may have a part in common with it.
  for (const { uri, redacted } of secrets.values()) clean = clean.replaceAll(uri, () => redacted);
  for (const { uri, head } of secrets.values()) clean = withoutCutOff(clean, uri, head);
  for (const { userInfos } of secrets.values()) {
    for (const userInfo of userInfos) clean = withoutUser(withoutPieces(clean, userInfo), userInfo);
  }
  // From a place that only libvirt knows, such as an alias in its configuration.
  return clean.replace(/[^\s'"]+/g, withoutUserAndPassword);
}

// Of a word that is a URI, or ends with one. In two steps: one pattern for all of it would look at a long word again
// from each of its characters.
function withoutUserAndPassword(word: string): string {
  const at = word.lastIndexOf('@');
  const found = /[a-z\d+.-]:\/\/[^/?#@:]*:/i.exec(word.slice(0, Math.max(0, at)));
  return found === null ? word : word.slice(0, found.index + 'x://'.length) + word.slice(at + 1);
}

// libvirt cuts long messages off, in the midst of a character as well.
function withoutCutOff(text: string, uri: string, head: string): string {
  if (!text.includes(uri.slice(0, head.length + 1))) return text;
  const end = text.replace(/\uFFFD+$/, '');
  for (let length = uri.length - 1; length > head.length; length--) {
    if (end.endsWith(uri.slice(0, length))) return end.slice(0, head.length - length) + '…';
  }
  return text;
}

// Where libvirt takes a password apart at its delimiters, it quotes the pieces as host or path.
function withoutPieces(text: string, userInfo: string): string {
  if (!text.includes('@')) return text;
  const starts = [...userInfo.matchAll(/[:/?#@]/g)].map(({ index }) => index + 1);
  const pieces = [0, ...starts].map((start) => userInfo.slice(start)).filter((piece) => piece !== '');
  let clean = '';
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const before = text.slice(from, at);
    const piece = pieces.find((each) => before.endsWith(each) && !isWithinWord(before, each));
    if (piece === undefined) continue;
    clean += before.slice(0, before.length - piece.length);
    from = at + 1;
  }
  return clean + text.slice(from);
}

function isWithinWord(before: string, piece: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before.slice(0, before.length - piece.length));
}

// To ssh, all of it is the name of the user.
function withoutUser(text: string, userInfo: string): string {
  const [user, password] = userInfo.split(/:(.*)/s);
  if (password === undefined || password === '' || !text.includes(userInfo)) return text;
  const quoted = userInfo.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
  return text.replace(
    new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, 'gu'),
    () => `${user}:***`,
  );
}

function formsOf(userInfo: string): readonly string[] {
  const decoded = userInfo.replace(/(?:%[\da-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
  const encoded = encodeURIComponent(decoded);
  // What libvirt's URI library leaves as it is in a user.
  const completed = encoded.replace(/%(?:3B|3A|26|3D|2B|24|2C)/g, decodeURIComponent);
  return [...new Set([userInfo, decoded, encoded, completed])];
}
