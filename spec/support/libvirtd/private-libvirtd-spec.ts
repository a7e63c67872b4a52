import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { PrivateLibvirtd } from './private-libvirtd.js';
import { isRunning, processEnd } from './process-state.js';
import { procedure, remoteCall } from './remote-call.js';
import { showLogOnFailure } from './show-log.js';
import { virsh } from '../virsh/virsh.js';

async function rejection(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('expected a rejection');
  return error;
}

describe('PrivateLibvirtd', () => {
  let libvirtd: PrivateLibvirtd;
  showLogOnFailure(() => libvirtd);
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  afterEach(() => libvirtd.stop());

  it('should answer as soon as it has started', async () => {
    expect(await virsh(libvirtd.uri, 'domstate', 'test')).to.equal('running');
  });

  it('should run unprivileged, also when the specs do not', () => {
    const status = readFileSync(`/proc/${libvirtd.pid}/status`, 'utf8');
    expect(/^Uid:\t(\d+)/m.exec(status)?.[1])
      .to.be.a('string')
      .and.not.equal('0');
  });

  it('should run beside another, each with domains of its own', async () => {
    await using other = await PrivateLibvirtd.start();
    expect(other.socketPath).not.to.equal(libvirtd.socketPath);
    // The test driver forgets everything when its last connection closes, so one run of virsh does both commands.
    expect(await virsh(libvirtd.uri, 'destroy test; domstate test')).to.match(/shut off$/);
    await libvirtd.kill();
    expect(await virsh(other.uri, 'domstate', 'test')).to.equal('running');
  });

  it('should end when killed, and refuse connections from then on', async () => {
    const { pid } = libvirtd;
    await libvirtd.kill();
    expect(libvirtd.isAlive).to.equal(false);
    expect(isRunning(pid)).to.equal(false);
    expect((await rejection(virsh(libvirtd.uri, 'list'))).message).to.match(/Failed to connect socket/);
  });

  it('should end the connections of its clients when killed', async () => {
    const client = connect(libvirtd.socketPath);
    client.write(remoteCall(procedure.authList));
    await once(client, 'data');
    const closed = once(client, 'close');
    await libvirtd.kill();
    await closed;
  });

  it('should come back on the same socket', async () => {
    const { pid, uri } = libvirtd;
    await libvirtd.kill();
    await libvirtd.restart();
    expect(libvirtd.pid).not.to.equal(pid);
    expect(libvirtd.uri).to.equal(uri);
    expect(await virsh(uri, 'domstate', 'test')).to.equal('running');
  });

  it('should restart while it is still running', async () => {
    const { pid } = libvirtd;
    await libvirtd.restart();
    expect(isRunning(pid)).to.equal(false);
    expect(await virsh(libvirtd.uri, 'domstate', 'test')).to.equal('running');
  });

  it('should answer nothing while it is paused, and go on when resumed', async () => {
    await libvirtd.pause();
    const order: string[] = [];
    const answer = virsh(libvirtd.uri, 'domstate', 'test').then(() => order.push('answered'));
    // Another daemon starts and answers in the meantime. The paused one would have had enough time to answer too.
    const other = await PrivateLibvirtd.start();
    await virsh(other.uri, 'domstate', 'test');
    await other.stop();
    order.push('resumed');
    libvirtd.resume();
    await answer;
    expect(order).to.deep.equal(['resumed', 'answered']);
  });

  it('should leave neither a process nor a file, also when it was paused, and stop only once', async () => {
    const { pid, directory } = libvirtd;
    await libvirtd.pause();
    await libvirtd.stop();
    await libvirtd.stop();
    expect(isRunning(pid)).to.equal(false);
    expect(existsSync(directory.path)).to.equal(false);
    expect((await rejection(libvirtd.restart())).message).to.match(/stopped for good/);
  });

  it('should drop a client that does not answer its keepalive messages', async () => {
    await using impatient = await PrivateLibvirtd.start({ keepaliveInterval: 1, keepaliveCount: 1 });
    const client = connect(impatient.socketPath);
    const keepaliveFeature = 10;
    client.write(remoteCall(procedure.authList));
    client.write(remoteCall(procedure.connectSupportsFeature, keepaliveFeature));
    const received: Buffer[] = [];
    client.on('data', (bytes) => received.push(bytes));
    await once(client, 'close');
    expect(Buffer.concat(received).includes('keep')).to.equal(true);
  });

  it('should tell why it did not start, and leave nothing', async () => {
    const error = await rejection(PrivateLibvirtd.start({ configuration: ['max_clients = "many"'] }));
    expect(error.message).to.match(/max_clients/);
  });

  for (const ending of [
    'process.exit(3)',
    'throw new Error("on purpose")',
    'process.kill(process.pid, "SIGTERM")',
  ]) {
    it(`should not outlive a process that ends by ${ending}`, async () => {
      const module = new URL('private-libvirtd.js', import.meta.url).href;
      const script = `
        import { PrivateLibvirtd } from ${JSON.stringify(module)};
        const libvirtd = await PrivateLibvirtd.start();
        await new Promise((resolve) => process.stdout.write(libvirtd.pid + ' ' + libvirtd.directory.path, resolve));
        ${ending};`;
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      await once(child, 'close');
      const [pid, path] = output.split(' ');
      expect(Number(pid)).to.be.greaterThan(0);
      expect(existsSync(path ?? '')).to.equal(false);
      // This process is not our child, so its end may come a moment later.
      await processEnd(Number(pid));
    });
  }
});
