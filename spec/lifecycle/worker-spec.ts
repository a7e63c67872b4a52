import { expect } from 'chai';
import { nativeLoopOption } from '../support/loop/native-loop-option.js';
import { Preload } from '../support/programs/preload.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { reportOf } from '../support/programs/run-script.js';

describe('a worker', () => {
  it('should get EventLoopError from functions that need its own loop while main has the loop, and be able to connect', async () => {
    const refused = {
      name: 'EventLoopError',
      code: 'EALREADY',
      message:
        'the event loop is registered by another thread of this process; connections may be opened here and use it',
    };
    expect(await reportOf('worker-registers')).to.deep.equal({
      answers: { register: refused, registerDefault: refused, addTimeout: refused, lookup: 'test' },
      exitCode: 0,
    });
  });

  it('should use the loop of a thread that registered first, and not fail', async () => {
    expect(await reportOf('registered-meanwhile')).to.deep.equal([null, null, null, null]);
  });

  // Reports how many handles main's loop has afterwards. The events of the remaining connection come through that
  // handle.
  it('should end with its last connection, though it has the loop: another thread with connections takes the loop over', async () => {
    expect(await reportOf('loop-given-up', ['worker'])).to.deep.equal({ handles: 1 });
  });

  it('should end though it has the loop when another opens a connection later', async () => {
    expect(await reportOf('loop-asked-for', ['connection'])).to.deep.equal({ handles: 1 });
  });

  it('should end with its last timeout of its own, though it has the loop', async () => {
    expect(await reportOf('loop-asked-for', ['timeout'])).to.deep.equal({ handles: 1 });
  });

  it('should take the loop over from the main thread when that has no connection left', async () => {
    expect(await reportOf('loop-given-up', ['main'])).to.deep.equal({ handles: 0 });
  });

  it('should leave the loop with the main thread when that has registered it', async () => {
    expect(await reportOf('loop-given-up', ['main', 'registers'])).to.deep.equal({ handles: 1 });
  });

  it('should take its own watches and timeouts with it when it ends, whoever has the loop then', async () => {
    expect(await reportOf('ended-sources')).to.deep.equal({ handles: 0, timeouts: 0, pendingFrees: 0 });
  });

  for (const [loop, nodeOptions] of [
    ['RxEventImpl', []],
    ['the native loop', [nativeLoopOption]],
  ] as const)
    it(`should let another thread forget the callbacks of what it removes, with ${loop}`, async () => {
      const kept = await reportOf('removed-elsewhere', [], { nodeOptions });
      expect(kept).to.deep.equal({ handles: 0, timeouts: 0 });
    });

  it('should have none of its connections wait for the close of another when it ends', async () => {
    await using preload = await Preload.of('close-together');
    expect(await reportOf('closed-together', [], { env: preload.env })).to.equal('closed');
  });

  for (const host of ["libvirt's test host", 'a libvirtd'] as const) {
    const onHost = async (use: (uri: string) => Promise<void>): Promise<void> => {
      await using libvirtd = host === 'a libvirtd' ? await PrivateLibvirtd.start() : undefined;
      await use(libvirtd?.uri ?? 'test:///default');
    };

    it(`should do no harm when terminated amid a burst, on ${host}: main, which holds the loop, goes on`, () =>
      onHost(async (uri) => {
        expect(await reportOf('terminated-worker', ['main', uri])).to.deep.equal(['stopped', 'started']);
      }));

    it(`should do no harm when terminated amid a burst, on ${host}, with the loop that it holds: main takes it over`, () =>
      onHost(async (uri) => {
        expect(await reportOf('terminated-worker', ['worker', uri])).to.deep.equal({
          name: 'test',
          seen: ['stopped', 'started'],
        });
      }));
  }
});
