import { expect } from 'chai';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { Connection, type Domain, type LibvirtStream } from '../../lib/index.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { Guest } from '../support/qemu/guest.js';
import { requireQemu } from '../support/qemu/require-qemu.js';
import { QemuHost } from '../support/qemu/qemu-host.js';
import { rejection } from '../support/rejection.js';

describe('the console of a domain', () => {
  requireQemu();
  let host: QemuHost;
  let connection: Connection;
  before(async () => {
    host = await QemuHost.start();
    connection = await Connection.open(host.uri);
  });
  after(async () => {
    await connection.close();
    await host.stop();
  });

  const booted = async (guest: Guest, program: 'echo' | 'chatter'): Promise<Domain> => {
    await guest.boot({ program });
    return connection.lookupDomainByName(guest.name);
  };

  /** Resolves when the console has said this; writes it again until then, because the guest boots first. */
  const heard = async (terminal: LibvirtStream, words: string): Promise<void> => {
    let all = '';
    for (;;) {
      terminal.write(words);
      const [chunk] = (await once(terminal, 'data')) as [Buffer];
      all += chunk.toString('latin1');
      if (all.includes(words)) return;
    }
  };

  it('should say what the guest says, and bring it what is written', async () => {
    await using guest = new Guest(host, 'echo');
    const domain = await booted(guest, 'echo');
    const terminal = await domain.openConsole();
    await heard(terminal, 'x');
    terminal.removeAllListeners('data');
    await heard(terminal, 'hello from rxvirt');
    terminal.destroy();
    await once(terminal, 'close');
  });

  it('should end when the domain does', async () => {
    await using guest = new Guest(host, 'ends');
    const domain = await booted(guest, 'echo');
    const terminal = await domain.openConsole({ device: 'serial0', force: true });
    terminal.resume();
    await Promise.all([once(terminal, 'close'), domain.destroy()]);
    expect(terminal.errored).to.equal(null);
  });

  it('should not hold back anything else when nobody reads it', async () => {
    await using guest = new Guest(host, 'chatter');
    const domain = await booted(guest, 'chatter');
    const terminal = await domain.openConsole();
    let bytes = 0;
    terminal.progress.subscribe((progress) => (bytes = progress.bytes));
    terminal.read(0);
    await once(terminal, 'readable');
    for (let i = 0; i < 20; i++) expect(await domain.isActive()).to.equal(true);
    expect(bytes).to.be.within(1, 4 << 20);
    terminal.destroy();
    await once(terminal, 'close');
  });

  it('should be used by one at a time, unless that is forced', async () => {
    await using guest = new Guest(host, 'twice');
    const domain = await booted(guest, 'echo');
    const first = await domain.openConsole();
    const refused = await rejection(domain.openConsole({ safe: true }));
    expect(refused).to.have.property('name', 'LibvirtError');
    expect(refused)
      .to.have.property('message')
      .that.matches(/^the console of domain 'twice' can't be opened on /);
    const second = await domain.openConsole({ force: true });
    for (const terminal of [first, second]) terminal.destroy();
  });

  it('should be a channel, by its name or the first one, that ends with the domain', async () => {
    await using guest = new Guest(host, 'channel');
    const channel = '<channel type="unix"><target type="virtio" name="org.rxvirt.0"/></channel>';
    await guest.createPaused({ devices: [channel] });
    const domain = await connection.lookupDomainByName('channel');
    const named = await domain.openChannel('org.rxvirt.0');
    expect(await rejection(domain.openChannel())).to.have.property('name', 'LibvirtError');
    named.destroy();
    await once(named, 'close');
    const first = await domain.openChannel();
    first.resume();
    await Promise.all([once(first, 'close'), domain.destroy()]);
    expect(first.errored).to.equal(null);
    expect(await rejection(domain.openChannel())).to.have.property('code');
  });

  it('should close when it is destroyed although the guest takes nothing', async function () {
    if (isAtLeast(10)) this.skip(); // libvirtd 11.3 hangs when the guest ends then
    await using guest = new Guest(host, 'deaf');
    const domain = await booted(guest, 'echo');
    const terminal = await domain.openConsole();
    await domain.suspend();
    const written = new Promise((resolve) => terminal.write(Buffer.alloc(3 << 20, 0x20), resolve));
    for (let i = 0; i < 20; i++) await domain.isActive();
    terminal.destroy();
    await Promise.all([once(terminal, 'close'), written]);
  });

  it('should end without an error when the program closes the connection that it was opened from', async () => {
    await using guest = new Guest(host, 'left');
    await guest.boot({ program: 'echo' });
    const other = await Connection.open(host.uri);
    const terminal = await (await other.lookupDomainByName(guest.name)).openConsole();
    const closed = once(terminal, 'close'); // rejects with the error, if there is one
    await other.close();
    await closed;
  });

  it('should end, for whoever reads it, when the program closes that connection', async () => {
    await using guest = new Guest(host, 'left-by-readers');
    await guest.boot({ program: 'echo' });
    const readers: ((terminal: LibvirtStream) => Promise<unknown>)[] = [
      (terminal) => pipeline(terminal, new PassThrough().resume()),
      (terminal) => finished(terminal.pipe(new PassThrough()).resume()),
      (terminal) => terminal.toArray(),
      (terminal) => finished(terminal.resume()),
    ];
    for (const read of readers) {
      const other = await Connection.open(host.uri);
      const domain = await other.lookupDomainByName(guest.name);
      const terminal = await domain.openConsole({ force: true });
      await new Promise((resolve) => terminal.write('x', resolve));
      const over = read(terminal);
      await other.hostname();
      await other.close();
      await over;
    }
  });

  it('should fail what is not written yet when the program closes that connection', async function () {
    if (isAtLeast(10)) this.skip(); // libvirtd 11.3 hangs when the guest ends then
    await using guest = new Guest(host, 'left-by-a-writer');
    await guest.createPaused({ program: 'echo' });
    const other = await Connection.open(host.uri);
    const terminal = await (await other.lookupDomainByName(guest.name)).openConsole();
    terminal.resume();
    const writes = Array.from(
      { length: 4 },
      () => new Promise((resolve) => terminal.write(Buffer.alloc(1 << 20, ' '), resolve)),
    );
    const failed = once(terminal, 'error');
    await Promise.race([writes[0], other.hostname()]);
    await other.close();
    expect(await failed).to.have.nested.property('0.name', 'ConnectionClosedError');
    expect(await writes[3]).to.have.property('name', 'ConnectionClosedError');
  });

  it('should fail what is written after the program has closed that connection', async () => {
    await using guest = new Guest(host, 'left-and-written');
    await guest.createPaused({ program: 'echo' });
    const other = await Connection.open(host.uri);
    const terminal = await (await other.lookupDomainByName(guest.name)).openConsole();
    const failed = once(terminal.resume(), 'error');
    const closing = other.close();
    const written = new Promise((resolve) => terminal.write('x', resolve));
    expect(await failed).to.have.nested.property('0.name', 'ConnectionClosedError');
    expect(await written).to.have.property('name', 'ConnectionClosedError');
    await closing;
  });

  it('should end without an error when its writer ends', async () => {
    await using guest = new Guest(host, 'ended');
    const domain = await booted(guest, 'echo');
    const terminal = await domain.openConsole();
    terminal.resume();
    const closed = once(terminal, 'close');
    terminal.end();
    await closed;
    expect(terminal.errored).to.equal(null);
  });

  it('should leave nothing when its open is given up by a timeout, a signal or a close', async () => {
    await using guest = new Guest(host, 'given-up');
    const domain = await booted(guest, 'echo');
    const own = await Connection.open(host.uri);
    const same = own.domain(domain);
    await host.pause();
    try {
      const signal = AbortSignal.timeout(20);
      const given = [same.openConsole({ timeout: 20 }), same.openConsole({ signal })].map(rejection);
      for (const error of await Promise.all(given)) expect(error).to.have.property('name', 'TimeoutError');
      const closed = rejection(same.openConsole());
      await own.close({ timeout: 20 });
      expect(await closed).to.have.property('name', 'ConnectionClosedError');
    } finally {
      host.resume();
    }
  });

  it('should be a picture where the guest has a screen', async () => {
    await using guest = new Guest(host, 'screen');
    await guest.boot({ program: 'echo', devices: ['<video><model type="vga"/></video>'] });
    const domain = await connection.lookupDomainByName('screen');
    const { mimeType, stream } = await domain.screenshot();
    const picture = Buffer.concat(await stream.toArray());
    expect(mimeType).to.match(/^image\//);
    // A PNG from its first bytes to its last ones, or a PPM. A screen that is still blank takes few bytes.
    expect(picture.toString('latin1')).to.match(/^(?:\x89PNG\r\n\x1a\n.*IEND....|P6.*)$/s);
    expect(picture.length).to.be.above(500);
    expect(await rejection(domain.screenshot({ screen: 99 }))).to.have.property('name', 'LibvirtError');
  });
});
