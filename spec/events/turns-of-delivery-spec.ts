import { expect } from 'chai';
import { performance } from 'node:perf_hooks';
import { event } from '../../lib/index.js';
import { beBusy, SeveralConnections } from '../support/connection/several-connections.js';

// Constants of EventDispatcher: its budget for one turn of the loop, and the share of a connection while others wait.
const turnMs = 8;
const shareMs = 1;

/** The connection of an event, and whether events of another connection waited during its delivery. */
interface Heard {
  readonly connection: number;
  readonly othersWaited: boolean;
}

/** The longest series of events of one connection during which events of another one waited. */
function longestRow(heard: readonly Heard[]): number {
  let longest = 0;
  let row = 0;
  let last: Heard | undefined;
  for (const each of heard) {
    row = last?.connection === each.connection && last.othersWaited ? row + 1 : 1;
    longest = Math.max(longest, row);
    last = each;
  }
  return longest;
}

describe('delivery of events to slow subscribers of several connections', () => {
  it('should take no longer than its budget in each turn of the loop, all connections together', async () => {
    const eventMs = 2;
    const inTurn = new Map<number, number>();
    await using connections = await SeveralConnections.open(4, () => {
      const turn = performance.nodeTiming.uvMetricsInfo.loopCount;
      inTurn.set(turn, (inTurn.get(turn) ?? 0) + 1);
      beBusy(eventMs);
    });
    await connections.flood(60);
    const mostInATurn = Math.max(...inTurn.values());
    // One more, because the delivery of an event that has begun is not stopped.
    expect(mostInATurn).to.be.within(2, turnMs / eventMs + 1);
  });

  it('should let connections take turns: none gets two shares in a row while another waits', async () => {
    const heard: Heard[] = [];
    await using connections = await SeveralConnections.open(3, (connection) => {
      heard.push({ connection, othersWaited: connections.doOthersWait(connection) });
      beBusy(1.5 * shareMs);
    });
    await connections.flood(60);
    expect(heard.filter(({ othersWaited }) => othersWaited)).to.have.length.above(60);
    expect(longestRow(heard)).to.equal(1);
  });

  it('should not begin within a subscriber that calls libvirt while events of another connection wait', async () => {
    let depth = 0;
    let deepest = 0;
    let callsWhileOthersWaited = 0;
    await using connections = await SeveralConnections.open(3, (connection) => {
      deepest = Math.max(deepest, ++depth);
      if (connections.doOthersWait(connection)) callsWhileOthersWaited++;
      event.removeTimeout(event.addTimeout(-1, () => undefined));
      beBusy(shareMs);
      depth--;
    });
    await connections.flood(60);
    expect(callsWhileOthersWaited).to.be.above(60);
    expect(deepest).to.equal(1);
    for (const { events } of connections.listeners) {
      const ids = (events as { domain: { id: number } }[]).map(({ domain }) => domain.id);
      expect(ids).to.deep.equal(Array.from({ length: 61 }, (_, index) => index + 1));
    }
  });
});
