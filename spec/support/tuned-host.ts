import { resolve as absolute } from 'node:path';
import { Connection, type Domain } from '../../lib/index.js';

/**
 * A host of the test driver, for one describe: its domain `test` has a disk vda and an interface testnet0. Each test has a
 * host of its own, so nothing is left of what another test has set.
 */
export function tunedHost(): { readonly domain: Domain; readonly connection: Connection } {
  let opened: { connection: Connection; domain: Domain } | undefined;
  beforeEach(async () => {
    const connection = await Connection.open(`test://${absolute('spec/fixtures/tuned-host.xml')}`);
    opened = { connection, domain: await connection.lookupDomainByName('test') };
  });
  afterEach(() => opened?.connection.close());
  const host = (): { connection: Connection; domain: Domain } => {
    if (opened === undefined) throw new Error('there is a host only during a test');
    return opened;
  };
  return {
    get domain() {
      return host().domain;
    },
    get connection() {
      return host().connection;
    },
  };
}
