import { expect } from 'chai';
import { firstValueFrom, lastValueFrom, tap } from 'rxjs';
import { connect, Connection, ConnectionClosedError, LibvirtError, type Domain } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

const uri = 'test:///default';

describe('the messages of errors', () => {
  it('should name the URI that can’t be opened', async () => {
    const error = await rejection(Connection.open('test+unix:///default?socket=/nonexistent/sock'));
    expect(error).to.be.instanceOf(LibvirtError).and.to.include({ code: 'VIR_ERR_SYSTEM_ERROR' });
    expect(error)
      .to.have.property('message')
      .that.matches(
        /^test\+unix:\/\/\/default\?socket=\/nonexistent\/sock can't be opened: Failed to connect socket/,
      );
  });

  for (const [what, look, message] of [
    [
      'name',
      (host: Connection) => host.lookupDomainByName('nobody'),
      /^domain 'nobody' can't be looked up on/,
    ],
    [
      'uuid',
      (host: Connection) => host.lookupDomainByUuid('no uuid'),
      /^domain with uuid 'no uuid' can't be/,
    ],
    ['number', (host: Connection) => host.lookupDomainById(77), /^domain with id 77 can't be looked up on/],
  ] as const) {
    it(`should show the ${what} that was looked up, the URI and libvirt’s reason`, async () => {
      await using connection = await Connection.open(uri);
      const error = await rejection(look(connection));
      expect(error).to.be.instanceOf(LibvirtError);
      expect(error)
        .to.have.property('message')
        .that.matches(message)
        .and.matches(/ test:\/\/\/default: \w/);
    });
  }

  for (const [action, act] of [
    ['resumed', (domain: Domain) => domain.resume()],
    ['started', (domain: Domain) => domain.create()],
  ] as const) {
    it(`should name the domain that can’t be ${action}, the URI, and in the stack who asked`, async () => {
      await using connection = await Connection.open(uri);
      const domain = await connection.lookupDomainByName('test');
      const whoAsked = async () => {
        await act(domain);
      };
      const error = await rejection(whoAsked());
      expect(error).to.be.instanceOf(LibvirtError);
      expect(error)
        .to.have.property('message')
        .that.matches(new RegExp(`^domain 'test' can't be ${action} on test:///default: \\w`));
      expect(error).to.have.property('stack').that.includes('whoAsked');
    });
  }

  it('should show the uuid of a domain without a name', async () => {
    await using connection = await Connection.open(uri);
    const uuid = '11111111-2222-3333-4444-555555555555';
    const error = await rejection(connection.domain({ uuid }).state());
    expect(error).to.be.instanceOf(LibvirtError).and.to.include({ code: 'VIR_ERR_NO_DOMAIN' });
    expect(error)
      .to.have.property('message')
      .that.matches(
        new RegExp(`^domain with uuid '${uuid}' can't be asked for its state on test:///default: `),
      );
  });

  it('should name the URI, and the object whose events can’t be subscribed to', async () => {
    await using connection = await Connection.open(uri);
    const uuid = '11111111-2222-3333-4444-555555555555';
    for (const [events, what] of [
      [connection.domainEvents('reboot', { domain: { uuid } }), `domain events 'reboot' of domain ${uuid}`],
      [
        connection.networkEvents('lifecycle', { network: { uuid } }),
        `network events 'lifecycle' of network ${uuid}`,
      ],
      [
        connection.nodeDeviceEvents('update', { nodeDevice: { name: 'none' } }),
        `node-device events 'update' of node device none`,
      ],
    ] as const) {
      const error = await rejection(firstValueFrom<unknown>(events));
      expect(error).to.be.instanceOf(LibvirtError);
      expect(error)
        .to.have.property('message')
        .that.matches(new RegExp(`^${what} can't be received on test:///default: \\w`));
    }
  });

  it('should name the URI of a connection that is closed while a call waits for its turn', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    const connection = await Connection.open(daemon.uri);
    const domain = await connection.lookupDomainByName('alpha');
    const held = daemon.faults.hold('domain-get-state');
    // These are more calls than are made at one time.
    const stuck = Promise.allSettled(Array.from({ length: 64 }, () => domain.state()));
    const waiting = [domain.state(), domain.suspend(), connection.lookupDomainByName('beta')];
    const failures = Promise.all(waiting.map(rejection));
    await daemon.waitForCalls('domain-get-state');
    await connection.close();
    held.release();
    await stuck;
    for (const error of await failures) {
      expect(error).to.be.instanceOf(ConnectionClosedError);
      expect(error).to.have.property('message').that.includes(`${daemon.uri} was closed`);
    }
  });

  it('should name the URI of a connection that was lost', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    let lost: Promise<unknown> | undefined;
    await new Promise<Connection>((onOpen) => {
      lost = rejection(lastValueFrom(connect(daemon.uri).pipe(tap(onOpen))));
    });
    await using connection = await Connection.open(daemon.uri);
    const streamLost = rejection(firstValueFrom(connection.domainEvents('reboot')));
    await daemon.waitForRegistrations('domain', 'reboot');
    for (const client of await daemon.waitForClients(2)) client.drop();
    for (const error of await Promise.all([lost, streamLost])) {
      expect(error).to.be.instanceOf(ConnectionClosedError);
      expect(error).to.have.property('message').that.includes(`${daemon.uri} was lost`);
    }
  });
});
