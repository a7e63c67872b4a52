/** The word for libvirt's number, or `'unknown'` for one that is newer than the table. */
export function word<W extends string>(words: readonly W[], number: number): W | 'unknown' {
  return words[number] ?? 'unknown';
}
