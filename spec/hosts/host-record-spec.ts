import { expect } from 'chai';
import { Subject } from 'rxjs';
import type { Connection } from '../../lib/connection/connection.js';
import type { Step } from '../../lib/hosts/connector.js';
import { HostRecord } from '../../lib/hosts/host-record.js';
import type { HostStatus } from '../../lib/index.js';

describe('the record of a host', () => {
  const now = Date.now.bind(Date);
  let time: number;
  let record: HostRecord;
  const steps = () => {
    const subject = new Subject<Step<Connection>>();
    record = new HostRecord('host', subject);
    return (at: number, status: HostStatus): void => {
      time = at;
      subject.next({ status });
    };
  };
  const connected = { state: 'connected', epoch: 1, since: 0 } as const;
  const lost = (from: number) => ({ state: 'lost', epoch: 1, reason: 'error', from, time: 0 }) as const;

  beforeEach(() => {
    time = 0;
    Date.now = () => time;
  });
  afterEach(() => {
    Date.now = now;
  });

  it('should count the seconds from each loss to the next connection', () => {
    const step = steps();
    step(1_000, connected);
    step(5_000, lost(4_000));
    expect(record.gapSeconds).to.equal(1);
    time = 6_000;
    expect(record.gapSeconds).to.equal(2);
    step(7_000, connected);
    step(10_000, lost(9_000));
    step(11_000, connected);
    expect(record.gapSeconds).to.equal(5);
  });

  it('should count until the streams that were registered are registered again, or wanted no more', () => {
    const step = steps();
    step(1_000, connected);
    step(5_000, lost(4_000));
    const [first, second] = [record.noteUnregistered(), record.noteUnregistered()];
    step(6_000, connected);
    time = 7_000;
    expect(record.gapSeconds).to.equal(3);
    first(6_500);
    expect(record.gapSeconds).to.equal(3);
    second(6_800);
    expect(record.gapSeconds).to.equal(2.8);
    step(9_000, lost(9_000));
    const third = record.noteUnregistered();
    time = 10_000;
    third();
    step(11_000, connected);
    step(20_000, connected);
    expect(record.gapSeconds).to.equal(4.8);
  });

  it('should count a second once that lies in two gaps', () => {
    const step = steps();
    step(1_000, connected);
    step(5_000, lost(4_000));
    step(7_000, connected);
    step(8_000, lost(6_500));
    expect(record.gapSeconds).to.equal(4);
    step(9_000, connected);
    expect(record.gapSeconds).to.equal(5);
  });

  it('should go on counting when the time of the system is set back', () => {
    const step = steps();
    step(100_000, connected);
    step(105_000, lost(104_000));
    step(107_000, connected);
    step(12_000, lost(10_000));
    step(13_000, connected);
    expect(record.gapSeconds).to.equal(6);
  });
});
