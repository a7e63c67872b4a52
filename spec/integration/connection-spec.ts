import { expect } from 'chai';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import {
  connect,
  Connection,
  ConnectionClosedError,
  LibvirtError,
  RxEventImpl,
  type CloseInfo,
  type Domain,
  type OpenOptions,
} from '../../lib/index.js';
import { rejection } from '../support/rejection.js';
import { reportOf } from '../support/programs/run-script.js';

const uri = 'test:///default';
const nowhere = 'test+unix:///default?socket=/nonexistent/libvirt-sock';

describe('Connection', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await Connection.open(uri);
  });
  afterEach(() => connection.close());

  describe('open', () => {
    it('should be open, and have the URI as libvirt completed it', async () => {
      expect(connection.isOpen).to.equal(true);
      expect(connection.uri).to.equal(uri);
      await using other = await Connection.open('test:/default');
      expect(other.uri).to.equal('test:///default');
    });

    it('should take LIBVIRT_DEFAULT_URI when no URI is given', async () => {
      expect(await reportOf('open-default-uri', [], { env: { LIBVIRT_DEFAULT_URI: uri } })).to.equal(uri);
    });

    it('should work beside other connections to the same URI', async () => {
      const others = await Promise.all([Connection.open(uri), Connection.open(uri)]);
      for (const other of others) expect((await other.lookupDomainByName('test')).name).to.equal('test');
      await Promise.all(others.map((other) => other.close()));
      expect((await connection.lookupDomainByName('test')).name).to.equal('test');
    });

    it('should reject with LibvirtError when libvirt has no such driver or host', async () => {
      const error = await rejection(Connection.open(nowhere));
      expect(error).to.be.instanceOf(LibvirtError);
      expect(error).to.include({
        code: 'VIR_ERR_SYSTEM_ERROR',
        domain: 'VIR_FROM_RPC',
        call: 'virConnectOpen',
      });
      const readOnlyError = await rejection(Connection.open(nowhere, { readOnly: true }));
      expect(readOnlyError).to.include({ call: 'virConnectOpenReadOnly' });
    });

    for (const [what, badUri, options, type] of [
      ['a URI that is no text', 5, {}, TypeError],
      ['readOnly that is no boolean', uri, { readOnly: 'yes' }, TypeError],
      ['a keepalive interval of 0', uri, { keepAlive: { interval: 0, count: 1 } }, RangeError],
    ] as const) {
      it(`should reject ${what} with ${type.name}`, async () => {
        // JavaScript programs can pass values that TypeScript refuses.
        const opening = Connection.open(badUri as unknown as string, options as unknown as OpenOptions);
        expect(await rejection(opening)).to.be.instanceOf(type);
      });
    }

    it('should go without a keepalive where the driver is in this process', async () => {
      await using other = await Connection.open(uri, { keepAlive: { interval: 1, count: 1 } });
      expect(other.isOpen).to.equal(true);
    });
  });

  describe('signal', () => {
    it('should reject with its reason when it has aborted already', async () => {
      const reason = new Error('too late');
      expect(await rejection(Connection.open(uri, { signal: AbortSignal.abort(reason) }))).to.equal(reason);
    });

    it('should reject with its reason when it aborts while opening, and close the connection if it opens nevertheless', async () => {
      await connection.close();
      const abort = new AbortController();
      const opening = Connection.open(uri, { signal: abort.signal });
      const reason = new Error('never mind');
      abort.abort(reason);
      expect(await rejection(opening)).to.equal(reason);
      await RxEventImpl.shared.drain();
      expect(RxEventImpl.shared.stats()).to.deep.equal({ handles: 0, timeouts: 0, pendingFrees: 0 });
    });

    it('should leave an open connection alone when it aborts later', async () => {
      const abort = new AbortController();
      await using other = await Connection.open(uri, { signal: abort.signal });
      abort.abort();
      expect((await other.lookupDomainByName('test')).name).to.equal('test');
    });
  });

  describe('close', () => {
    it('should close only once, however often it is called', async () => {
      const closed: CloseInfo[] = [];
      connection.closed.subscribe((info) => closed.push(info));
      await Promise.all([connection.close(), connection.close()]);
      await connection.close();
      expect(connection.isOpen).to.equal(false);
      expect(closed).to.deep.equal([{ reason: 'client' }]);
    });

    it('should make closed emit once, also for later subscribers', async () => {
      const early = lastValueFrom(connection.closed.pipe(toArray()));
      await connection.close();
      expect(await early).to.deep.equal([{ reason: 'client' }]);
      expect(await lastValueFrom(connection.closed.pipe(toArray()))).to.deep.equal([{ reason: 'client' }]);
    });

    it('should happen at the end of an await using block', async () => {
      let closed: Promise<CloseInfo>;
      {
        await using other = await Connection.open(uri);
        closed = firstValueFrom(other.closed);
      }
      expect(await closed).to.deep.equal({ reason: 'client' });
    });

    it('should leave nothing in the event loop', async () => {
      await connection.close();
      // After the close, libvirt may remove its last watch a moment later, from a thread of its own.
      await RxEventImpl.shared.drain();
      expect(RxEventImpl.shared.stats()).to.deep.equal({ handles: 0, timeouts: 0, pendingFrees: 0 });
    });

    it('should not wait for a call that is under way, and let it end', async () => {
      const lookup = connection.lookupDomainByName('test');
      await Promise.all([connection.close(), Promise.allSettled([lookup])]);
      expect(connection.isOpen).to.equal(false);
    });
  });

  describe('when closed', () => {
    let domain: Domain;
    beforeEach(async () => {
      domain = await connection.lookupDomainByName('test');
      await connection.close();
    });

    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      lookupDomainByName: () => connection.lookupDomainByName('test'),
      'domain.state': () => domain.state(),
      'domain.suspend': () => domain.suspend(),
      'domain.resume': () => domain.resume(),
      'domain.create': () => domain.create(),
      'domain.destroy': () => domain.destroy(),
      'domainEvents, subscribed to late': () => firstValueFrom(connection.domainEvents('lifecycle')),
      'domain.events, subscribed to late': () => firstValueFrom(domain.events('lifecycle')),
      'domainEvents with onRegistered, subscribed to late': () =>
        firstValueFrom(connection.domainEvents('lifecycle', { onRegistered: () => undefined })),
    };
    for (const [name, call] of Object.entries(calls)) {
      it(`should reject ${name} with ConnectionClosedError`, async () => {
        const error = await rejection(call());
        expect(error).to.be.instanceOf(ConnectionClosedError);
        expect(error).to.include({
          reason: 'client',
          message: 'the connection to test:///default was closed; open a new one',
        });
      });
    }

    it('should throw ConnectionClosedError from domain()', () => {
      expect(() => connection.domain(domain)).to.throw(ConnectionClosedError);
    });
  });

  it('should reject a lookup of a domain that doesn’t exist with LibvirtError', async () => {
    const error = await rejection(connection.lookupDomainByName('nobody'));
    expect(error).to.be.instanceOf(LibvirtError);
    expect(error).to.include({
      code: 'VIR_ERR_NO_DOMAIN',
      codeNumber: 42,
      domain: 'VIR_FROM_TEST',
      level: 'VIR_ERR_ERROR',
      call: 'virDomainLookupByName',
    });
  });

  it('should look up by name, uuid and number, and refuse other values', async () => {
    const byName = await connection.lookupDomainByName('test');
    expect(await connection.lookupDomainByUuid(byName.uuid)).to.include({ name: 'test', uuid: byName.uuid });
    expect(byName.id).to.be.a('number');
    const byId = await connection.lookupDomainById(Number(byName.id));
    expect(byId).to.include({ name: 'test', uuid: byName.uuid, id: byName.id });

    const nobody = await rejection(connection.lookupDomainById(0x7fffffff));
    expect(nobody).to.include({ code: 'VIR_ERR_NO_DOMAIN', call: 'virDomainLookupByID' });
    const malformed = await rejection(connection.lookupDomainByUuid('no uuid'));
    expect(malformed).to.include({ code: 'VIR_ERR_INVALID_ARG', call: 'virDomainLookupByUUIDString' });
    expect(await rejection(connection.lookupDomainById(1.5))).to.be.instanceOf(RangeError);
    expect(await rejection(connection.lookupDomainByName('a\0b'))).to.be.instanceOf(TypeError);
    const noText = undefined as unknown as string;
    expect(await rejection(connection.lookupDomainByUuid(noText))).to.be.instanceOf(TypeError);
    expect(() => connection.domain({ uuid: noText })).to.throw(TypeError);
  });

  it('should refuse changes when it is read-only', async () => {
    await using reader = await Connection.open(uri, { readOnly: true });
    const domain = await reader.lookupDomainByName('test');
    const error = await rejection(domain.suspend());
    expect(error).to.be.instanceOf(LibvirtError);
    expect(error).to.include({ code: 'VIR_ERR_OPERATION_DENIED', call: 'virDomainSuspend' });
    expect((await domain.state()).state).to.equal('running');
  });
});

describe('connect', () => {
  it('should open on subscribe and close on unsubscribe', async () => {
    const opening = connect(uri);
    const closed = await new Promise<CloseInfo>((resolve, reject) => {
      const subscription = opening.subscribe({
        next: (connection) => {
          connection.closed.subscribe(resolve);
          expect(connection.isOpen).to.equal(true);
          // Unsubscribes later than in `next` itself, because only then `subscription` has its value.
          queueMicrotask(() => subscription.unsubscribe());
        },
        error: reject,
      });
    });
    expect(closed).to.deep.equal({ reason: 'client' });
  });

  it('should close a connection that is opened after an early unsubscribe', async () => {
    connect(uri)
      .subscribe(() => {
        throw new Error('nothing may be delivered after unsubscribe');
      })
      .unsubscribe();
    // A second connection is opened and closed after it, and doesn't wait for the first one.
    await (await Connection.open(uri)).close();
    await RxEventImpl.shared.drain();
  });

  it('should give each subscriber a connection of its own', async () => {
    const opening = connect(uri);
    const [first, second] = await Promise.all([firstValueFrom(opening), firstValueFrom(opening)]);
    expect(first).not.to.equal(second);
    await Promise.all([firstValueFrom(first.closed), firstValueFrom(second.closed)]);
  });

  it('should complete when the connection is closed', async () => {
    const connections: Connection[] = [];
    await new Promise<void>((resolve, reject) => {
      connect(uri).subscribe({
        next: (connection) => {
          connections.push(connection);
          void connection.close();
        },
        complete: resolve,
        error: reject,
      });
    });
    expect(connections).to.have.length(1);
  });

  it('should error when it cannot be opened', async () => {
    const error = await rejection(firstValueFrom(connect(nowhere)));
    expect(error).to.be.instanceOf(LibvirtError).and.to.include({ code: 'VIR_ERR_SYSTEM_ERROR' });
  });

  it('should error with the signal’s reason when it aborts', async () => {
    const reason = new Error('never mind');
    expect(await rejection(firstValueFrom(connect(uri, { signal: AbortSignal.abort(reason) })))).to.equal(
      reason,
    );
  });
});
