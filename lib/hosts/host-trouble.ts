/** Something that can't be had from a host at the moment. */
export interface HostTrouble {
  /** What is missing: `"network events 'lifecycle'"`, `'domains'`. */
  readonly what: string;
  readonly error: unknown;
  /** Since when, in milliseconds since 1970. */
  readonly since: number;
}
