import { expect } from 'chai';
import { EMPTY, Subject } from 'rxjs';
import { Connection, event, fromFd, RxEventImpl } from '../../lib/index.js';
import { byDomain } from '../../lib/operators/index.js';
import { OpenFds } from '../native/open-fds.js';
import { bytesLeftByCycle, nativeBytesLeftByCycle } from '../support/bytes-left.js';
import { rejection } from '../support/rejection.js';

describe('memory over 100,000 cycles', function () {
  // Most take a second or two, and twenty times that on a busy machine.
  this.timeout(120_000);
  const cycles = 100_000;
  /** A limit in bytes. An entry of a Map takes more. */
  const nothing = 20;
  const fds = new OpenFds();

  afterEach(() => fds.closeAll());

  async function each(count: number, cycle: () => void): Promise<void> {
    for (let i = 0; i < count; i++) cycle();
    await RxEventImpl.shared.freed();
  }

  it('should stay flat while fromFd is subscribed to and left', async () => {
    const fd = fds.readable();
    const left = await bytesLeftByCycle(cycles, (count) =>
      each(count, () => fromFd(fd, event.HANDLE_READABLE).subscribe().unsubscribe()),
    );
    expect(left).to.be.below(nothing);
  });

  it('should stay flat while watches are added and removed', async () => {
    const fd = fds.readable();
    const left = await bytesLeftByCycle(cycles, (count) =>
      each(count, () => event.removeHandle(event.addHandle(fd, event.HANDLE_READABLE, () => undefined))),
    );
    expect(left).to.be.below(nothing);
  });

  it('should stay flat in the addon too while watches and timeouts are added and removed', async () => {
    // Every round is compared, so this takes longer than the others.
    const fd = fds.readable();
    const left = await nativeBytesLeftByCycle(cycles, (count) =>
      each(count, () => {
        event.removeHandle(event.addHandle(fd, event.HANDLE_READABLE, () => undefined));
        event.removeTimeout(event.addTimeout(1000, () => undefined));
      }),
    );
    // One id takes 8 bytes, so not even an id may be left.
    expect(left).to.be.below(4);
  });

  it('should stay flat while timeouts are added and removed', async () => {
    const left = await bytesLeftByCycle(cycles, (count) =>
      each(count, () => event.removeTimeout(event.addTimeout(1000, () => undefined))),
    );
    expect(left).to.be.below(nothing);
  });

  it('should stay flat while connections fail to open', async function () {
    // Each open runs on another thread, and its error is searched for a thousand passwords that other specs have left.
    // It takes half a minute, and many times that on a busy machine.
    this.timeout(300_000);
    const left = await bytesLeftByCycle(cycles, async (count) => {
      const atOnce = 1000;
      for (let opened = 0; opened < count; opened += atOnce) {
        await Promise.all(
          Array.from({ length: atOnce }, () => rejection(Connection.open('no-such-driver:///'))),
        );
      }
    });
    expect(left).to.be.below(nothing);
  });

  it('should stay flat while domains are looked up and dropped', async () => {
    await using connection = await Connection.open('test:///default');
    const lookUp = async (count: number) => {
      for (let i = 0; i < count; i++) await connection.lookupDomainByName('test');
    };
    expect(await bytesLeftByCycle(cycles, lookUp)).to.be.below(nothing);
    expect(await nativeBytesLeftByCycle(cycles / 10, lookUp)).to.be.below(nothing);
  });

  it('should stay flat while byDomain handles one domain after the other', async () => {
    const events = new Subject<{ readonly domain: { readonly uuid: string } }>();
    const handling = events.pipe(byDomain(() => EMPTY)).subscribe();
    let domains = 0;
    const left = await bytesLeftByCycle(cycles, (count) =>
      each(count, () => events.next({ domain: { uuid: String(domains++) } })),
    );
    handling.unsubscribe();
    expect(left).to.be.below(nothing);
  });

  it('should stay flat while events of one domain after the other are listened to and left', async () => {
    await using connection = await Connection.open('test:///default');
    let domains = 0;
    const left = await bytesLeftByCycle(cycles, (count) =>
      each(count, () => {
        const uuid = String(domains++).padStart(32, '0');
        connection.domainEvents('reboot', { domain: { uuid } }).subscribe().unsubscribe();
      }),
    );
    expect(left).to.be.below(nothing);
  });
});
