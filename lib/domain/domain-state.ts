/** The state of a domain; libvirt's virDomainState. */
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

/** The state of a domain, and the reason for it. */
export interface DomainState {
  /** `'unknown'` when the state is newer than this library: see `stateNumber`. */
  readonly state: DomainStateName;
  /**
   * Why the domain is in this state, in virsh's words. `'unknown'` when libvirt doesn't know (`reasonNumber`
   * 0), and when the reason is newer than this library.
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

/** The name for the number of a virDomainState. */
export function stateName(state: number): DomainStateName {
  return states[state]?.state ?? 'unknown';
}

/** The names for the numbers of a virDomainState and of its virDomain…Reason. */
export function domainState([stateNumber, reasonNumber]: readonly [number, number]): DomainState {
  const known = states[stateNumber];
  return {
    state: stateName(stateNumber),
    reason: known?.reasons[reasonNumber] ?? 'unknown',
    stateNumber,
    reasonNumber,
  };
}
