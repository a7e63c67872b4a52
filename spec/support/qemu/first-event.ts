import { filter, firstValueFrom } from 'rxjs';
import type { Connection, Domain, DomainEventMap, DomainEventType } from '../../../lib/index.js';

/**
 * Calls `act` when libvirt has acknowledged the registration. Resolves with the first event of the domain from then on
 * that is wanted.
 */
export async function firstEvent<T extends DomainEventType>(
  connection: Connection,
  domain: Domain,
  type: T,
  isWanted: (event: DomainEventMap[T]) => boolean,
  act: () => Promise<unknown>,
): Promise<DomainEventMap[T]> {
  let failed = (_: unknown): void => undefined;
  const failure = new Promise<never>((_, reject) => (failed = reject));
  const onRegistered = () => void act().catch(failed);
  const events = connection.domainEvents(type, { domain, onRegistered });
  return Promise.race([firstValueFrom(events.pipe(filter(isWanted))), failure]);
}
