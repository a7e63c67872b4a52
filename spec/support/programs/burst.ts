import type { Connection } from '../../../lib/index.js';

/** For the scripts of spec/fixtures/: causes events without end, and calls `onNth` at the nth event. */
export async function burst(connection: Connection, n: number, onNth: () => void): Promise<void> {
  const domain = await connection.lookupDomainByName('test');
  let count = 0;
  const goOn = (): void => {
    // There are many calls at a time, so that calls and events are under way whenever the burst ends. Calls overtake
    // each other, so some of them fail: the domain is already suspended, or already resumed.
    const calls = Array.from({ length: 50 }, () => [domain.suspend(), domain.resume()]);
    void Promise.allSettled(calls.flat()).then(goOn);
  };
  connection.domainEvents('lifecycle', { onRegistered: goOn }).subscribe(() => {
    if (++count === n) onNth();
  });
}
