import { expect } from 'chai';
import { Listener } from '../support/listener.js';
import { ScriptedConnection } from '../support/scripted-connection.js';
import type { ProcedureName } from '../support/scripted-libvirtd/index.js';

const register: ProcedureName = 'connect-domain-event-callback-register-any';
const deregister: ProcedureName = 'connect-domain-event-callback-deregister-any';

const atClose: ProcedureName = 'connect-unregister-close-callback';

describe('a connection that is closed while it registers for events', () => {
  it('should leave nothing registered when the daemon answers before the close has ended', async () => {
    // The registration and the close.
    await using scripted = await ScriptedConnection.open({ callsAtOnce: 2 });
    const { connection, daemon } = scripted;
    const registering = daemon.faults.hold(register);
    const listener = new Listener((options) => connection.domainEvents('lifecycle', options));
    await daemon.waitForCalls(register);
    const ending = daemon.faults.hold(atClose);
    const closed = connection.close();
    await daemon.waitForCalls(atClose);

    registering.release();
    await daemon.waitForCalls(deregister);
    ending.release();
    await closed;
    expect(listener).to.include({ isComplete: true, isRegistered: false });
    await daemon.waitForNoRegistrations();
    await daemon.waitForClients(0);
  });
});
