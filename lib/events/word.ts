/**
 * The word for a number of libvirt's; `'unknown'` for a number that is newer than the table. Null when the table has
 * null: by that number libvirt itself says “unknown”.
 */
export function word<W extends string | null>(words: readonly W[], number: number): W | 'unknown' {
  const found = words[number];
  return found === undefined ? 'unknown' : found;
}
