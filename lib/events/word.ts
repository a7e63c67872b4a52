/**
 * The word for libvirt's number, or `'unknown'` for one that is newer than the table. Null where the table says
 * so: for a number by which libvirt itself says that it doesn't know.
 */
export function word<W extends string | null>(words: readonly W[], number: number): W | 'unknown' {
  const found = words[number];
  return found === undefined ? 'unknown' : found;
}
