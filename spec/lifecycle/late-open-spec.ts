import { expect } from 'chai';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Preload } from '../support/programs/preload.js';
import { runScript } from '../support/programs/run-script.js';
import { ScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

const program = fileURLToPath(new URL('../fixtures/late-open.js', import.meta.url));

describe('an open that is done when nobody waits for it any more', () => {
  for (const holder of ['main', 'worker'] as const) {
    for (const then of ['ends', 'stays'] as const) {
      it(`should leave nothing after its worker was terminated, where ${holder} holds the loop and main ${then}`, async () => {
        const opens = 4;
        await using daemon = await ScriptedLibvirtd.start();
        const held = daemon.faults.hold('connect-open');
        const child = fork(program, [holder, then, daemon.uri, String(opens)]);
        try {
          const ended = once(child, 'exit');
          await daemon.waitFor('opens under way', () => held.waiting === opens || undefined);
          const terminated = once(child, 'message');
          child.send('terminate');
          await terminated;
          held.release();
          // If main stays, the reaper closes the worker's connections. If main ends, its sockets end with the process.
          await daemon.waitForClients(0);
          if (then === 'stays') child.disconnect();
          expect(await ended).to.deep.equal([0, null]);
        } finally {
          child.kill('SIGKILL');
        }
      });
    }
  }

  it('should close the connection when keepalive can not be switched on, and let the process end', async () => {
    await using preload = await Preload.of('refuse-keep-alive');
    await using daemon = await ScriptedLibvirtd.start();
    const { exitCode, stdout, stderr } = await runScript('refused-keep-alive', [daemon.uri], {
      env: preload.env,
    });
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).to.include({ name: 'LibvirtError' });
    await daemon.waitForCalls('connect-close');
  });
});
