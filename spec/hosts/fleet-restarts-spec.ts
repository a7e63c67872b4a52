import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

interface FleetReport {
  readonly gaps: number;
  readonly events: number;
  readonly firstDelays: readonly number[];
  readonly clientsLeft: number;
  readonly fdsLeft: number;
  readonly threadsLeft: number;
}

describe('a fleet of 60 hosts that are all killed at once', () => {
  let seen: FleetReport;
  before(async function () {
    this.timeout(150_000);
    seen = (await reportOf('fleet-restarts', ['60', '3'])) as FleetReport;
  });

  it('should have all of them again after each restart, with one gap each and no event missing', () => {
    expect([seen.gaps, seen.events]).to.deep.equal([180, 60]);
  });

  it('should spread the first attempts over the whole of the longest delay', () => {
    const total = seen.firstDelays.reduce((sum, hosts) => sum + hosts, 0);
    expect(total).to.equal(60);
    for (const hosts of seen.firstDelays) expect(hosts, seen.firstDelays.join()).to.be.within(2, 12);
  });

  it('should leave no client, file descriptor or thread when it is closed', () => {
    expect([seen.clientsLeft, seen.fdsLeft, seen.threadsLeft]).to.deep.equal([0, 0, 0]);
  });
});
