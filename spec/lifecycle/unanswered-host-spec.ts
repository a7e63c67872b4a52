import { expect } from 'chai';
import { Connection } from '../../lib/index.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { runScript, type ScriptEnd } from '../support/programs/run-script.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

describe('a host that has fallen silent', () => {
  async function endOn(scenario: string): Promise<ScriptEnd> {
    await using libvirtd = await PrivateLibvirtd.start();
    return await runScript('unanswered-host', [scenario, libvirtd.uri, String(libvirtd.pid)]);
  }

  it("should not keep the process alive after an open is aborted, which rejects with the signal's reason", async () => {
    const { exitCode, stdout, stderr, silenceMs } = await endOn('abort');
    expect({ exitCode, stdout, stderr }).to.deep.equal({ exitCode: 0, stdout: 'true\n', stderr: '' });
    expect(silenceMs).to.be.below(2_000);
  });

  it('should delay a close no longer than its timeout, and then not keep the process alive; calls under way reject', async () => {
    const { exitCode, stdout, stderr, silenceMs } = await endOn('close');
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).to.include({ name: 'ConnectionClosedError' });
    expect(silenceMs).to.be.below(2_000);
  });

  it('should get keepalive requests unless keepAlive is false', async () => {
    await using daemon = await ScriptedLibvirtd.start();
    await using unasked = await Connection.open(daemon.uri, { keepAlive: false });
    await using asked = await Connection.open(daemon.uri);
    await daemon.waitFor('a ping', ({ clients }) => (clients[1]?.keepAlive.pings ?? 0) > 0 || undefined);
    expect(daemon.clients.map(({ keepAlive }) => keepAlive.pings)).to.deep.equal([0, 1]);
    expect([unasked.isOpen, asked.isOpen]).to.deep.equal([true, true]);
  });
});

describe('the timeout of a close', () => {
  it('should be refused when it is not a number of milliseconds, and then nothing should be closed', async () => {
    await using connection = await Connection.open('test:///default');
    for (const timeout of ['1', null, {}]) {
      expect(() => connection.close({ timeout: timeout as never })).to.throw(TypeError, 'timeout');
    }
    for (const options of [null, 5, { timeOut: 1 }]) {
      expect(() => connection.close(options as never)).to.throw(TypeError, /close/);
    }
    for (const timeout of [-1, 0.5, NaN, Infinity, 2 ** 31]) {
      expect(() => connection.close({ timeout })).to.throw(RangeError, 'timeout');
    }
    expect(connection.isOpen).to.equal(true);
  });
});
