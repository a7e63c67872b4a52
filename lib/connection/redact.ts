/** A URI without user, password and query, for messages and logs. */
export function redact(uri: string): string {
  return uri.replace(/\/\/[^/?]*@/, '//').replace(/\?.*$/s, '');
}
