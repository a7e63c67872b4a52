import { expect } from 'chai';
import { firstValueFrom, take, timeout } from 'rxjs';
import { Connection, ConnectionClosedError, type Domain } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';

describe('a stream that is unsubscribed and subscribed to again', () => {
  let connection: Connection;
  let domain: Domain;
  beforeEach(async () => {
    connection = await Connection.open('test:///default');
    domain = await connection.lookupDomainByName('test');
  });
  afterEach(async () => {
    await connection.close();
  });

  it('should go on emitting, however often this happens during a burst of events', async () => {
    // The bridge runs libvirt's silent timeouts once at first (EventBridge::RunFirsts). Without that, the events of
    // libvirt 9.0.0 stopped after three rounds, or after up to some thousand.
    const end = new AbortController();
    const burst = (async () => {
      while (!end.signal.aborted) await Promise.allSettled([domain.suspend(), domain.resume()]);
    })();
    const isSilentMs = 5_000;
    try {
      for (let round = 0; round < 2_000; round++) {
        await firstValueFrom(connection.domainEvents('lifecycle').pipe(timeout(isSilentMs), take(1)));
      }
    } finally {
      end.abort();
      await burst;
    }
  });

  it('should reject the calls that wait behind others when the connection is closed', async () => {
    const calls = Array.from({ length: 100 }, () => domain.state());
    const outcomes = Promise.allSettled(calls);
    await connection.close();
    for (const outcome of await outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).to.be.instanceOf(ConnectionClosedError);
    }
    expect(await rejection(domain.state())).to.be.instanceOf(ConnectionClosedError);
  });
});
