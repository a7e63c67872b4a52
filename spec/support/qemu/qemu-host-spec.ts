import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Guest } from './guest.js';
import { processEnd, processesMentioning } from '../libvirtd/process-state.js';
import { migrationWords, provokeMigration, withoutShutdownByHost } from './provoke-migration.js';
import { QemuHost } from './qemu-host.js';
import { requireQemu } from './require-qemu.js';
import { showLogOnFailure } from '../libvirtd/show-log.js';
import { VirshEvents } from '../virsh/virsh-events.js';
import { virsh } from '../virsh/virsh.js';

const anything = /./;

describe('QemuHost', () => {
  requireQemu();
  let host: QemuHost;
  showLogOnFailure(() => host);
  beforeEach(async () => {
    host = await QemuHost.start();
  });
  afterEach(() => host.stop());

  it('should run a guest', async () => {
    const guest = new Guest(host, 'guest');
    await guest.create();
    expect(await guest.virsh('domstate')).to.equal('running');
  });

  it('should leave neither a process nor a file behind, with guests still running', async () => {
    await new Guest(host, 'guest').create();
    const { path } = host.directory;
    expect(processesMentioning(path, /qemu-system/)).to.have.lengthOf(1);
    await host.stop();
    await host.stop();
    expect(processesMentioning(path, anything)).to.deep.equal([]);
    expect(existsSync(path)).to.equal(false);
  });

  it('should find its guests again after its libvirtd was killed', async () => {
    const guest = new Guest(host, 'guest');
    await guest.create();
    const [emulator] = processesMentioning(host.directory.path, /qemu-system/);
    await host.kill();
    await host.restart();
    expect(await guest.virsh('domstate')).to.equal('running');
    expect(processesMentioning(host.directory.path, /qemu-system/)).to.deep.equal([emulator]);
  });

  it('should answer nothing while it is paused', async () => {
    await host.pause();
    const order: string[] = [];
    const answer = virsh(host.uri, 'list').then(() => order.push('answered'));
    const other = await QemuHost.start();
    await other.stop();
    order.push('resumed');
    host.resume();
    await answer;
    expect(order).to.deep.equal(['resumed', 'answered']);
  });

  it('should move a running guest to another host', async () => {
    await using destination = await QemuHost.start();
    await using departures = await VirshEvents.start(host.uri, 'domain', 'lifecycle');
    await using arrivals = await VirshEvents.start(destination.uri, 'domain', 'lifecycle');
    const guest = new Guest(host, 'traveller');
    await provokeMigration(guest, destination);
    await departures.first(({ words }) => words === 'Stopped Migrated');
    await arrivals.first(({ words }) => words === 'Resumed Migrated');
    expect(withoutShutdownByHost(departures.seen.map(({ words }) => words))).to.deep.equal(
      migrationWords.source,
    );
    expect(arrivals.seen.map(({ words }) => words)).to.deep.equal(migrationWords.destination);
    expect(await virsh(destination.uri, 'domstate', 'traveller')).to.equal('running');
  });

  it('should not outlive a process that ends with a guest running', async () => {
    const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
    const script = `
      import { Guest } from ${module('guest.js')};
      import { QemuHost } from ${module('qemu-host.js')};
      const host = await QemuHost.start();
      await new Guest(host, 'guest').create();
      await new Promise((resolve) => process.stdout.write(host.directory.path, resolve));
      process.exit(3);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let path = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (path += text));
    await once(child, 'exit');
    expect(path).to.match(/rxvirt-/);
    await Promise.all(processesMentioning(path, anything).map((pid) => processEnd(pid)));
    expect(existsSync(path)).to.equal(false);
  });
});
