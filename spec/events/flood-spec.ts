import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

interface FloodReport {
  readonly heard: number;
  readonly outOfOrder: number;
  readonly mostInATurn: number;
  readonly ticks: number;
  readonly eventsPerSecond: number;
  readonly residentMbAt: Readonly<Record<number, number>>;
}

const count = 1_000_000;
/** EventSlice::kMaxEvents of the addon. */
const sliceSize = 512;

describe('a flood of lifecycle events', () => {
  it('should arrive whole and in order, with memory flat and timers running', async function () {
    this.timeout(600_000); // a sanitizer takes minutes
    const nodeOptions = ['--expose-gc'];
    const flood = (await reportOf('event-flood', [String(count)], { nodeOptions })) as FloodReport;
    const { heard, outOfOrder, mostInATurn, ticks, residentMbAt, eventsPerSecond } = flood;
    expect({ heard, outOfOrder }).to.deep.equal({ heard: count, outOfOrder: 0 });
    const early = residentMbAt[100_000] ?? 0;
    const late = residentMbAt[count] ?? 0;
    console.log(
      `      ${eventsPerSecond} events/s; resident: ${early} MB at 100,000, ${late} MB at ${count}`,
    );
    expect(late - early, 'growth in MB').to.be.below(32);
    // Each slice of events leaves a turn of the loop to timers and everything else.
    expect(mostInATurn).to.be.within(2, sliceSize);
    expect(ticks).to.be.above(100);
  });
});
