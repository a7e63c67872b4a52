import { expect } from 'chai';
import { getEventListeners } from 'node:events';
import { NEVER, Subject, VirtualTimeScheduler } from 'rxjs';
import { Connection, type DomainEventOptions, type DomainState } from '../../lib/index.js';
import { waitForDomain, WaitTimeoutError, type WaitConnection } from '../../lib/operators/index.js';

const state = (word: DomainState['state']): DomainState => ({
  state: word,
  reason: 'unknown',
  stateNumber: 0,
  reasonNumber: 0,
});
const isShutOff = (seen: DomainState): boolean => seen.state === 'shutoff';
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A connection that gets its registration, states and events from the spec. */
class FakeConnection implements WaitConnection {
  readonly events = new Subject<unknown>();
  readonly story: string[] = [];
  current = state('running');
  options: DomainEventOptions = {};

  domainEvents(_type: 'lifecycle', options: DomainEventOptions): Subject<unknown> {
    this.story.push('subscribe');
    this.options = options;
    return this.events;
  }

  domain(): { state: () => Promise<DomainState> } {
    return {
      state: () => {
        this.story.push(this.current.state);
        return Promise.resolve(this.current);
      },
    };
  }

  register(): Promise<void> {
    this.story.push('registered');
    this.options.onRegistered?.();
    return turn();
  }

  async change(word: DomainState['state']): Promise<void> {
    this.current = state(word);
    this.events.next(word);
    await turn();
  }
}

const uuid = 'a';

describe('waitForDomain', () => {
  let connection: FakeConnection;

  beforeEach(() => {
    connection = new FakeConnection();
  });

  const failure = (waiting: Promise<unknown>): Promise<unknown> =>
    waiting.then(
      () => expect.fail('it should have rejected'),
      (error: unknown) => error,
    );

  it('should read the state once libvirt listens, and not before', async () => {
    connection.current = state('shutoff');
    const waiting = waitForDomain(connection, { uuid }, isShutOff);
    await turn();
    await connection.register();
    expect(await waiting).to.equal(connection.current);
    expect(connection.story).to.deep.equal(['subscribe', 'registered', 'shutoff']);
    expect(connection.options.domain).to.deep.equal({ uuid });
    expect(connection.events.observed).to.equal(false);
  });

  it('should read it anew after each event', async () => {
    const waiting = waitForDomain(connection, { uuid }, isShutOff);
    await connection.register();
    await connection.change('paused');
    await connection.change('shutoff');
    expect(await waiting).to.equal(connection.current);
    expect(connection.story.slice(2)).to.deep.equal(['running', 'paused', 'shutoff']);
    expect(connection.events.observed).to.equal(false);
  });

  it('should reject with WaitTimeoutError when it takes too long', async () => {
    const scheduler = new VirtualTimeScheduler();
    const waiting = failure(waitForDomain(connection, { uuid }, isShutOff, { timeout: 5000, scheduler }));
    await connection.register();
    scheduler.flush();
    const error = await waiting;
    expect(error).to.be.instanceOf(WaitTimeoutError);
    expect(error).to.include({ name: 'WaitTimeoutError', code: 'ERR_WAIT_TIMEOUT', timeout: 5000 });
    expect(error)
      .to.have.property('message')
      .that.matches(/longer than 5000 ms; it is running$/);
    expect(connection.events.observed).to.equal(false);
  });

  it('should reject with the signal’s reason, also when it has aborted before', async () => {
    const abort = new AbortController();
    const waiting = failure(waitForDomain(connection, { uuid }, isShutOff, { signal: abort.signal }));
    await connection.register();
    abort.abort();
    expect(await waiting).to.include({ name: 'AbortError' });
    expect(connection.events.observed).to.equal(false);
    connection.story.length = 0;
    const late = failure(waitForDomain(connection, { uuid }, isShutOff, { signal: abort.signal }));
    expect(await late).to.equal(abort.signal.reason);
    expect(connection.story).to.deep.equal([]);
  });

  it('should leave the signal alone once it is over, however it ends', async () => {
    const { signal } = new AbortController();
    const listeners = (): number => getEventListeners(signal, 'abort').length;
    const reached = waitForDomain(connection, { uuid }, isShutOff, { signal });
    expect(listeners()).to.equal(1);
    connection.current = state('shutoff');
    await connection.register();
    await reached;
    expect(listeners()).to.equal(0);
    const late = waitForDomain(connection, { uuid }, () => false, { signal, timeout: 1 });
    expect(await failure(late)).to.be.instanceOf(WaitTimeoutError);
    expect(listeners()).to.equal(0);
  });

  it('should reject when the connection is closed or lost', async () => {
    const closed = failure(waitForDomain(connection, { uuid }, isShutOff));
    connection.events.complete();
    expect(await closed).to.include({ name: 'ConnectionClosedError', reason: 'client' });
    connection = new FakeConnection();
    const lost = failure(waitForDomain(connection, { uuid }, isShutOff));
    connection.events.error(new Error('lost'));
    expect(await lost).to.include({ message: 'lost' });
  });

  it('should reject with what the predicate throws', async () => {
    const waiting = failure(
      waitForDomain(connection, { uuid }, () => {
        throw new Error('in the predicate');
      }),
    );
    await connection.register();
    expect(await waiting).to.include({ message: 'in the predicate' });
  });

  it('should reject when the predicate answers with a promise, which would be true in any state', async () => {
    const waiting = failure(
      waitForDomain(connection, { uuid }, (() => Promise.resolve(false)) as unknown as () => boolean),
    );
    await connection.register();
    expect(await waiting)
      .to.be.instanceOf(TypeError)
      .and.to.include({ message: 'predicate must return its answer, not a promise' });
  });

  it('should refuse timeouts that are none', async () => {
    const wait = (timeout: unknown) =>
      failure(waitForDomain(connection, { uuid }, isShutOff, { timeout: timeout as number }));
    expect(await wait('1')).to.be.instanceOf(TypeError);
    expect(await wait(-1)).to.be.instanceOf(RangeError);
    expect(await wait(NaN)).to.be.instanceOf(RangeError);
    expect(connection.story).to.deep.equal([]);
  });

  it('should wait for a domain of libvirt’s test driver', async () => {
    await using host = await Connection.open('test:///default');
    const domain = await host.lookupDomainByName('test');
    const waiting = waitForDomain(host, domain, ({ state: word }) => word === 'paused', { timeout: 10_000 });
    await domain.suspend();
    expect(await waiting).to.include({ state: 'paused', reason: 'user' });
    expect(await waitForDomain(host, domain, ({ state: word }) => word === 'paused')).to.include({
      state: 'paused',
    });
    const never = waitForDomain(host, domain, () => false, { timeout: 50 });
    expect(await failure(never)).to.be.instanceOf(WaitTimeoutError);
    const missing = waitForDomain(host, { uuid: '00000000-0000-4000-8000-000000000000' }, () => true);
    expect(await failure(missing)).to.include({ code: 'VIR_ERR_NO_DOMAIN' });
  });

  it('should leave a stream that never says anything, when told to', async () => {
    const silent: WaitConnection = { domainEvents: () => NEVER, domain: () => connection.domain() };
    const waiting = waitForDomain(silent, { uuid }, isShutOff, { signal: AbortSignal.timeout(10) });
    expect(await failure(waiting)).to.include({ name: 'TimeoutError' });
  });
});
