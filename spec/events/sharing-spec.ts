import { expect } from 'chai';
import type { Connection } from '../../lib/index.js';
import { UnsupportedEventError } from '../../lib/index.js';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import { libvirtErrors, type ProcedureName } from '../support/scripted-libvirtd/index.js';

const register: ProcedureName = 'connect-domain-event-callback-register-any';
const deregister: ProcedureName = 'connect-domain-event-callback-deregister-any';

describe('registrations', () => {
  let scripted: ScriptedConnection;
  let connection: Connection;

  beforeEach(async () => {
    scripted = await ScriptedConnection.open();
    ({ connection } = scripted);
  });

  afterEach(() => scripted.close());

  const calls = (procedure: ProcedureName) =>
    scripted.daemon.calls.filter((call) => call.procedure === procedure).length;
  const listen = () => Listener.on((options) => connection.domainEvents('reboot', options));
  const reboot = (id: number) =>
    scripted.daemon.emit('domain', 'reboot', {
      domain: { ...scripted.daemon.domains.get({ name: 'alpha' }), id },
    });

  it('should be one for a thousand subscribers, until the last one leaves', async () => {
    const listeners = await Promise.all(Array.from({ length: 1000 }, listen));
    expect(calls(register)).to.equal(1);
    reboot(1);
    for (const listener of listeners) await listener.heard(1);
    for (const listener of listeners.slice(1)) listener.stop();
    reboot(2);
    expect((await listeners[0]?.heard(2))?.[1]?.domain.id).to.equal(2);
    expect(listeners[1]?.events).to.have.lengthOf(1);
    expect(calls(deregister)).to.equal(0);
    listeners[0]?.stop();
    await scripted.deregistered();
    expect([calls(register), calls(deregister)]).to.deep.equal([1, 1]);
  });

  it('should be made again after the last one has left, even when the next one comes at once', async () => {
    (await listen()).stop();
    const again = await listen();
    reboot(3);
    expect((await again.heardOne()).domain.id).to.equal(3);
    again.stop();
    await scripted.deregistered();
    const later = await listen();
    reboot(4);
    expect((await later.heardOne()).domain.id).to.equal(4);
    expect([calls(register), calls(deregister)]).to.deep.equal([3, 2]);
  });

  it('should be shared with streams that came from earlier calls', async () => {
    const events = connection.domainEvents('reboot');
    const first = new Listener(() => events);
    await scripted.daemon.waitForCalls(register, 1);
    first.stop();
    await scripted.daemon.waitForCalls(deregister, 1);
    const second = await listen();
    const third = new Listener(() => events);
    reboot(5);
    await second.heard(1);
    await third.heard(1);
    expect(scripted.daemon.registrations.filter(({ type }) => type === 'reboot')).to.have.lengthOf(1);
  });

  it('should be taken back when the last one leaves before libvirt has answered', async () => {
    const held = scripted.daemon.faults.hold(register);
    const early = new Listener((options) => connection.domainEvents('reboot', options));
    await scripted.daemon.waitForCalls(register, 1);
    early.stop();
    held.release();
    await scripted.deregistered();
    expect(early.isRegistered).to.equal(false);
    expect(early.events).to.deep.equal([]);
  });

  it('should fail only for their own subscribers, and be tried again for the next one', async () => {
    const other = await Listener.on((options) => connection.domainEvents('watchdog', options));
    const fault = scripted.daemon.faults.refuseEvent('domain', 'reboot');
    const refused = Array.from({ length: 3 }, () => new Listener(() => connection.domainEvents('reboot')));
    for (const listener of refused) {
      const error = await listener.failed();
      expect(error).to.be.instanceOf(UnsupportedEventError);
      expect(error).to.include({ category: 'domain', type: 'reboot', code: 'ERR_UNSUPPORTED_EVENT' });
    }
    fault.cancel();
    const accepted = await listen();
    reboot(6);
    await accepted.heard(1);
    scripted.daemon.emit('domain', 'watchdog', {
      domain: scripted.daemon.domains.get({ name: 'beta' }),
      action: 0,
    });
    await other.heard(1);
  });

  it('should fail with UnsupportedEventError where the whole procedure is unknown', async () => {
    scripted.daemon.faults.fail('connect-network-event-register-any', libvirtErrors.unknownProcedure(313));
    const listener = new Listener(() => connection.networkEvents('lifecycle'));
    const error = await listener.failed();
    expect(error).to.be.instanceOf(UnsupportedEventError);
    // libvirt's client replaces the daemon's VIR_ERR_RPC by this code.
    expect(error).to.have.property('cause').that.includes({ code: 'VIR_ERR_NO_SUPPORT' });
  });

  it('should fail with LibvirtError for other reasons', async () => {
    scripted.daemon.faults.fail(register, { code: 88, domain: 7, message: 'access denied' });
    const listener = new Listener(() => connection.domainEvents('reboot'));
    expect(await listener.failed()).to.include({ name: 'LibvirtError', code: 'VIR_ERR_ACCESS_DENIED' });
  });

  it('should end with ConnectionClosedError, not as unsupported, when the connection breaks first', async () => {
    scripted.daemon.faults.hold(register);
    const listener = new Listener(() => connection.domainEvents('reboot'));
    await scripted.daemon.waitForCalls(register, 1);
    for (const client of scripted.daemon.clients) client.drop();
    expect(await listener.failed()).to.include({ name: 'ConnectionClosedError', reason: 'end-of-file' });
  });

  it('should be refused on the stream after close()', async () => {
    await connection.close();
    for (const stream of [
      connection.domainEvents('reboot'),
      connection.domainEvents('reboot', { domain: scripted.daemon.domains.get({ name: 'alpha' }) }),
      connection.events(),
    ]) {
      const listener = new Listener<unknown>(() => stream);
      expect(await listener.failed()).to.include({ name: 'ConnectionClosedError', reason: 'client' });
    }
  });

  it('should refuse names of events that nobody knows', async () => {
    for (const type of ['no-such-event', 'toString', '__proto__']) {
      const listener = new Listener(() => connection.domainEvents(type as never));
      const error = await listener.failed();
      expect(error).to.be.instanceOf(UnsupportedEventError);
      expect(error).to.have.property('message').that.includes(`'${type}'`).and.includes('lifecycle, ');
    }
    expect(() => connection.domainEvents(0 as never)).to.throw(TypeError, 'type of event');
    expect(() => connection.secretEvents(undefined as never)).to.throw(TypeError, 'type of event');
  });

  it('should report what onRegistered throws, and go on', async () => {
    const { config } = await import('rxjs');
    const thrown = new Error('from onRegistered');
    const reported = new Promise((resolve) => (config.onUnhandledError = resolve));
    try {
      const listener = new Listener(() =>
        connection.domainEvents('reboot', {
          onRegistered: () => {
            throw thrown;
          },
        }),
      );
      expect(await reported).to.equal(thrown);
      reboot(7);
      await listener.heard(1);
    } finally {
      config.onUnhandledError = null;
    }
  });
});
