export type { Overflow } from '../events/overflow.js';
export { byDomain } from './by-domain.js';
export { concatMapBounded } from './concat-map-bounded.js';
export { iterateBounded } from './iterate-bounded.js';
export { migrationOutcome, type MigrationOutcome } from './migration-outcome.js';
export { settleStopped } from './settle-stopped.js';
export { waitForDomain, type WaitConnection, type WaitOptions } from './wait-for-domain.js';
export { WaitTimeoutError } from '../errors/wait-timeout-error.js';
