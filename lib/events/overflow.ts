/** Items are missing here. */
export interface Overflow {
  readonly type: 'overflow';
  /** How many items are missing. */
  readonly dropped: number;
}

export function overflow(dropped: number): Overflow {
  return Object.freeze({ type: 'overflow', dropped });
}
