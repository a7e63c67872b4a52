/** An item of a host's stream that says where events are missing: a gap, or an overflow. It belongs to no domain. */
export interface Missing {
  readonly type: 'gap' | 'overflow';
}

/** Whether it is such an item. A program in JavaScript may give anything. */
export function isMissing(item: unknown): item is Missing {
  if (typeof item !== 'object' || item === null) return false;
  const { type } = item as Partial<Missing>;
  return type === 'gap' || type === 'overflow';
}
