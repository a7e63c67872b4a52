import { resolve as absolute } from 'node:path';

/**
 * A host of the test driver. Each connection to it has a host of its own. All connections to test:///default share one
 * host for as long as one of them is open. A connection that another spec has closed may stay open for a moment.
 */
export const ownTestHost = `test://${absolute('spec/fixtures/test-host.xml')}`;

/** The same, with a domain that has the disk vda. */
export const ownTestHostWithDisk = `test://${absolute('spec/fixtures/test-host-with-disk.xml')}`;
