import { expect } from 'chai';
import { config } from 'rxjs';
import { deliverEvents, forgetQueue } from '../../lib/native/delivery.js';
import type { PayloadReader } from '../../lib/native/payload-reader.js';
import type { EventSlice } from '../../lib/native.js';
import { beBusy } from '../support/connection/several-connections.js';

const token = 7;
const queue = -1;
const otherQueue = -2;

/** A slice of events. Each has one number, `index`, and one string, `event-index`. */
function slice(from: number, count: number, lost = 0, behind = 0): EventSlice {
  const indexes = Array.from({ length: count }, (_, index) => from + index);
  const numbers = Float64Array.from(indexes.flatMap((index) => [token, 0, 1, 1, index]));
  return {
    head: Int32Array.of(count, numbers.length, 0, lost, behind),
    numbers,
    strings: indexes.map((index) => `event-${index}`),
    identities: [],
  };
}

describe('deliverEvents', () => {
  const heard: string[] = [];
  const receivers = {
    events: new Map([
      [
        token,
        (payload: PayloadReader) => void heard.push(`${payload.number()} ${String(payload.textOrNull())}`),
      ],
    ]),
    losses: new Map([[queue, (lost: number) => void heard.push(`${lost} lost`)]]),
    behind: new Map([[queue, () => void heard.push('behind')]]),
  };
  const texts = (...indexes: number[]) => indexes.map((index) => `${index} event-${index}`);

  afterEach(() => {
    heard.length = 0;
    forgetQueue(queue);
    forgetQueue(otherQueue);
  });

  it('should deliver at least one event, and go on where it stopped although the array was reused', () => {
    const first = slice(0, 3);
    const { numbers } = first;
    expect(deliverEvents(receivers, queue, first, 0)).to.equal(2);
    numbers.set(slice(50, 3).numbers);
    expect(deliverEvents(receivers, otherQueue, { ...slice(50, 3), numbers }, 0)).to.equal(2);
    numbers.fill(0);
    expect(deliverEvents(receivers, queue, null, 0)).to.equal(1);
    expect(deliverEvents(receivers, otherQueue, null, 1000)).to.equal(0);
    expect(deliverEvents(receivers, queue, null, 0)).to.equal(0);
    expect(heard).to.deep.equal(texts(0, 50, 1, 51, 52, 2));
  });

  it('should tell how many events were lost, before the events that follow', () => {
    expect(deliverEvents(receivers, queue, slice(0, 2), 1000)).to.equal(0);
    expect(deliverEvents(receivers, queue, slice(2, 2, 5), 0)).to.equal(1);
    expect(deliverEvents(receivers, queue, null, 1000)).to.equal(0);
    expect(deliverEvents(receivers, queue, slice(0, 0, 1), 1000)).to.equal(0);
    expect(deliverEvents(receivers, otherQueue, slice(4, 1, 9), 1000)).to.equal(0);
    expect(heard).to.deep.equal([...texts(0, 1), '5 lost', ...texts(2, 3), '1 lost', ...texts(4)]);
  });

  it('should tell once for each slice that the connection is behind', () => {
    expect(deliverEvents(receivers, queue, slice(0, 2, 0, 1), 0)).to.equal(1);
    expect(deliverEvents(receivers, queue, null, 1000)).to.equal(0);
    expect(deliverEvents(receivers, queue, slice(2, 1), 1000)).to.equal(0);
    expect(deliverEvents(receivers, otherQueue, slice(3, 1, 0, 1), 1000)).to.equal(0);
    expect(heard).to.deep.equal(['behind', ...texts(0, 1, 2, 3)]);
  });

  it('should not deliver the rest of a queue that was forgotten', () => {
    expect(deliverEvents(receivers, queue, slice(0, 3), 0)).to.equal(2);
    forgetQueue(queue);
    expect(deliverEvents(receivers, queue, null, 1000)).to.equal(0);
    expect(heard).to.deep.equal(texts(0));
  });

  it('should report what a receiver throws, and go on with the next event', async () => {
    const reported: unknown[] = [];
    const mistake = new Error('on purpose');
    const throwing = new Map([
      [
        token,
        (payload: PayloadReader) => {
          heard.push(`${payload.number()} ${String(payload.textOrNull())}`);
          if (heard.length % 2 === 1) throw mistake;
        },
      ],
    ]);
    const allReported = new Promise<void>((resolve) => {
      config.onUnhandledError = (error) => {
        if (reported.push(error) === 2) resolve();
      };
    });
    try {
      expect(deliverEvents({ ...receivers, events: throwing }, queue, slice(0, 4), 1000)).to.equal(0);
      await allReported;
    } finally {
      config.onUnhandledError = null;
    }
    expect(heard).to.deep.equal(texts(0, 1, 2, 3));
    expect(reported).to.deep.equal([mistake, mistake]);
  });

  it('should read the clock after each event again once events have become slow', () => {
    const quick = 63;
    const slowMs = 2;
    const budgetMs = 100;
    let slow = 0;
    const slowing = new Map([
      [
        token,
        (payload: PayloadReader) => {
          if (payload.number() < quick) return;
          slow++;
          beBusy(slowMs);
        },
      ],
    ]);
    deliverEvents({ ...receivers, events: slowing }, queue, slice(0, 500), budgetMs);
    // At most so many events are delivered before the clock is read again. From then on it is read after each event.
    const unchecked = 32;
    expect(slow).to.be.within(1, Math.max(unchecked, budgetMs / slowMs) + 1);
  });
});
