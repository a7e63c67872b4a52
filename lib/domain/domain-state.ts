/** What a domain does; libvirt's virDomainState. */
export type DomainStateName =
  | 'no-state'
  | 'running'
  | 'blocked'
  | 'paused'
  | 'shutdown'
  | 'shutoff'
  | 'crashed'
  | 'pm-suspended'
  | 'unknown';

/** What a domain does, and since what. */
export interface DomainState {
  /** `'unknown'` when newer than this library: see `stateNumber`. */
  readonly state: DomainStateName;
  /**
   * What brought it there, in virsh's words: `'unknown'` when libvirt doesn't know (`reasonNumber` 0), and when it
   * is newer than this library.
   */
  readonly reason: string;
  readonly stateNumber: number;
  readonly reasonNumber: number;
}

const states: readonly { readonly state: DomainStateName; readonly reasons: readonly string[] }[] = [
  { state: 'no-state', reasons: ['unknown'] },
  {
    state: 'running',
    reasons: [
      'unknown',
      'booted',
      'migrated',
      'restored',
      'from-snapshot',
      'unpaused',
      'migration-canceled',
      'save-canceled',
      'event-wakeup',
      'crashed',
      'post-copy',
      'post-copy-failed',
    ],
  },
  { state: 'blocked', reasons: ['unknown'] },
  {
    state: 'paused',
    reasons: [
      'unknown',
      'user',
      'migrating',
      'saving',
      'dumping',
      'io-error',
      'watchdog',
      'from-snapshot',
      'shutting-down',
      'creating-snapshot',
      'crashed',
      'starting-up',
      'post-copy',
      'post-copy-failed',
      'api-error',
    ],
  },
  { state: 'shutdown', reasons: ['unknown', 'user'] },
  {
    state: 'shutoff',
    reasons: [
      'unknown',
      'shutdown',
      'destroyed',
      'crashed',
      'migrated',
      'saved',
      'failed',
      'from-snapshot',
      'daemon',
    ],
  },
  { state: 'crashed', reasons: ['unknown', 'panicked'] },
  { state: 'pm-suspended', reasons: ['unknown'] },
];

/** The words for virDomainState and the virDomain…Reason that goes with it. */
export function domainState([stateNumber, reasonNumber]: readonly [number, number]): DomainState {
  const known = states[stateNumber];
  return {
    state: known?.state ?? 'unknown',
    reason: known?.reasons[reasonNumber] ?? 'unknown',
    stateNumber,
    reasonNumber,
  };
}
