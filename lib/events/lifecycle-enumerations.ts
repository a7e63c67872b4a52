/** What happened to a domain; libvirt's virDomainEventType, in virsh's words. */
export const domainLifecycleEvents = [
  'defined',
  'undefined',
  'started',
  'suspended',
  'resumed',
  'stopped',
  'shutdown',
  'pmsuspended',
  'crashed',
] as const;

/** Why, for each of {@link domainLifecycleEvents}; virDomainEvent…DetailType. */
export const domainLifecycleDetails = {
  defined: ['added', 'updated', 'renamed', 'snapshot'],
  undefined: ['removed', 'renamed'],
  started: ['booted', 'migrated', 'restored', 'snapshot', 'event-wakeup', 'recreated'],
  suspended: [
    'paused',
    'migrated',
    'io-error',
    'watchdog',
    'restored',
    'snapshot',
    'api-error',
    'post-copy',
    'post-copy-error',
    'guest-shutdown',
  ],
  resumed: ['unpaused', 'migrated', 'snapshot', 'post-copy', 'post-copy-error'],
  stopped: ['shutdown', 'destroyed', 'crashed', 'migrated', 'saved', 'failed', 'snapshot', 'recreated'],
  shutdown: ['finished', 'finished-after-guest-request', 'finished-after-host-request'],
  pmsuspended: ['memory', 'disk'],
  crashed: ['panicked', 'crashloaded'],
} as const;
