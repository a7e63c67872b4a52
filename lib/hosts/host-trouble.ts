/** Something that can't be had from a host at the moment. */
export interface HostTrouble {
  /**
   * What is missing. `"network events 'lifecycle'"` is a stream of events; `'networks'` can't be listed or read;
   * `'events of networks'` means that the live state is only listed from time to time, so it may be late;
   * `'connections for calls'` means that `host.connection()` waits, although the host is connected for events.
   */
  readonly what: string;
  readonly error: unknown;
  /** Since when, in milliseconds since 1970. */
  readonly since: number;
}
