import { expect } from 'chai';
import { RxEventImpl } from '../../lib/index.js';
import { Listener } from '../support/listener.js';
import { ScriptedConnection } from '../support/scripted-connection.js';
import type { ProcedureName } from '../support/scripted-libvirtd/index.js';

const register: ProcedureName = 'connect-domain-event-callback-register-any';
const deregister: ProcedureName = 'connect-domain-event-callback-deregister-any';

describe('a connection that is closed while it registers for events', () => {
  it('should leave nothing registered once the daemon has answered, and no connection', async () => {
    const scripted = await ScriptedConnection.open();
    const { connection, daemon } = scripted;
    const held = daemon.faults.hold(register);
    const listener = new Listener((options) => connection.domainEvents('lifecycle', options));
    await daemon.waitForCalls(register);
    await connection.close();
    await listener.completed();
    expect(listener.isRegistered).to.equal(false);

    held.release();
    await daemon.waitForCalls(deregister);
    await daemon.waitForNoRegistrations();
    await daemon.waitForClients(0);
    await scripted.close();
    expect(RxEventImpl.shared.stats()).to.deep.include({ handles: 0, timeouts: 0 });
  });
});
