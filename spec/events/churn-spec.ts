import { expect } from 'chai';
import { retry } from 'rxjs';
import { Listener } from '../support/connection/listener.js';
import { ScriptedConnection } from '../support/connection/scripted-connection.js';
import type { ProcedureName } from '../support/scripted-libvirtd/index.js';

const register: ProcedureName = 'connect-domain-event-callback-register-any';
const deregister: ProcedureName = 'connect-domain-event-callback-deregister-any';

describe('subscriptions that leave at once', () => {
  const churn = 20_000;
  let scripted: ScriptedConnection;

  beforeEach(async () => {
    scripted = await ScriptedConnection.open();
  });

  afterEach(() => scripted.close());

  const reboots = (options: { readonly onRegistered?: () => void } = {}) =>
    scripted.connection.domainEvents('reboot', options);
  const calls = () =>
    [register, deregister].map(
      (procedure) => scripted.daemon.calls.filter((call) => call.procedure === procedure).length,
    );
  const reboot = (id: number) =>
    scripted.daemon.emit('domain', 'reboot', {
      domain: { ...scripted.daemon.domains.get({ name: 'alpha' }), id },
    });

  function comeAndLeave(): void {
    let registered = 0;
    for (let i = 0; i < churn; i++)
      reboots({ onRegistered: () => registered++ })
        .subscribe()
        .unsubscribe();
    expect(registered).to.equal(0);
  }

  it('should not be registered at all, and leave nothing to wait for', async () => {
    comeAndLeave();
    const staying = await Listener.on(reboots);
    expect(calls()).to.deep.equal([1, 0]);
    reboot(1);
    await staying.heard(1);
  });

  it('should not be registered while another registration is under way', async () => {
    const held = scripted.daemon.faults.hold(register);
    const leaving = new Listener(reboots);
    await scripted.daemon.waitForCalls(register, 1);
    leaving.stop();
    comeAndLeave();
    const staying = new Listener(reboots);
    held.release();
    await staying.registered();
    expect(calls()).to.deep.equal([2, 1]);
    reboot(2);
    expect((await staying.heard(1))[0]?.domain.id).to.equal(2);
    expect(leaving.isRegistered).to.equal(false);
  });

  it('should not be registered while a deregistration is under way', async () => {
    const held = scripted.daemon.faults.hold(deregister);
    (await Listener.on(reboots)).stop();
    await scripted.daemon.waitForCalls(deregister, 1);
    comeAndLeave();
    const staying = new Listener(reboots);
    comeAndLeave();
    held.release();
    await staying.registered();
    expect(calls()).to.deep.equal([2, 1]);
    reboot(3);
    expect((await staying.heard(1))[0]?.domain.id).to.equal(3);
  });

  it('should leave nothing registered when none stays', async () => {
    const held = scripted.daemon.faults.hold(register);
    new Listener(reboots).stop();
    const leaving = new Listener(reboots);
    await scripted.daemon.waitForCalls(register, 1);
    leaving.stop();
    comeAndLeave();
    held.release();
    await scripted.deregistered();
    expect(calls()).to.deep.equal([1, 1]);
  });

  it('should leave what is registered for others alone', async () => {
    const staying = await Listener.on(reboots);
    comeAndLeave();
    reboot(4);
    await staying.heard(1);
    expect(calls()).to.deep.equal([1, 0]);
  });

  it('should be asked for again when a refused subscriber comes back at once', async () => {
    const { daemon } = scripted;
    daemon.faults.fail(register, { code: 88, domain: 7, message: 'access denied' }, { times: 3 });
    const staying = await Listener.on((options) => reboots(options).pipe(retry(3)));
    expect(calls()).to.deep.equal([4, 0]);
    reboot(5);
    await staying.heard(1);
  });
});
