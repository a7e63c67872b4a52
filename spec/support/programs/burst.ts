import type { Connection } from '../../../lib/index.js';

/** For the scripts of spec/fixtures/: calls back at the nth event of a burst that goes on and on. */
export async function burst(connection: Connection, n: number, onNth: () => void): Promise<void> {
  const domain = await connection.lookupDomainByName('test');
  let count = 0;
  const goOn = (): void => {
    // Many at a time, so that calls and events are under way whenever it ends. They overtake each other, so some
    // fail: nothing to suspend, or to resume.
    const calls = Array.from({ length: 50 }, () => [domain.suspend(), domain.resume()]);
    void Promise.allSettled(calls.flat()).then(goOn);
  };
  connection.domainEvents('lifecycle', { onRegistered: goOn }).subscribe(() => {
    if (++count === n) onNth();
  });
}
