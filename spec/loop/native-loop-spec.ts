import { expect } from 'chai';
import { nativeLoopOption } from '../support/loop/native-loop-option.js';
import { Preload } from '../support/programs/preload.js';
import { reportOf } from '../support/programs/run-script.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';

const scenario = (name: string): Promise<unknown> => reportOf('native-loop', [name]);

const forLife = 'libvirt accepts only one for the life of the process';
const already = (message: string): object => ({ name: 'EventLoopError', code: 'EALREADY', message });

/** EventQueue::kFull and kFullOfMany of the addon. */
const full = 65_536;
const fullOfMany = 1024;
/** How many events are read together before a pause takes effect. */
const readTogether = 512;

describe('event.registerNative', () => {
  it('should do nothing when it is called again, also in a worker, and refuse other loops', async () => {
    const alreadyNative = already(`the native event loop is registered already; ${forLife}`);
    expect(await scenario('registrations')).to.deep.equal({
      again: null,
      inWorker: 0,
      ours: alreadyNative,
      default: alreadyNative,
      run: {
        name: 'EventLoopError',
        code: 'EINVAL',
        message: "libvirt's default event loop is not registered; call event.registerDefault() first",
      },
    });
  });

  it('should refuse after another loop', async () => {
    expect(await scenario('after ours')).to.deep.equal(
      already(`another event loop is registered already; ${forLife}`),
    );
  });

  it('should say to call it earlier after a connection was opened, also when that is closed', async () => {
    const late = already(
      "the first connection, watch or timeout has registered rxvirt's own event loop already; call event.registerNative() before the first connection",
    );
    expect(await scenario('after a connection')).to.deep.equal([late, late]);
  });

  it('should refuse where no file descriptor is left, and work later', async () => {
    expect(await scenario('no file descriptor')).to.deep.equal({
      refused: {
        name: 'EventLoopError',
        code: 'EMFILE',
        message:
          "the event loop can't be made: EMFILE; close files, or raise the limit of open ones (ulimit -n)",
      },
      later: null,
    });
  });

  it('should refuse where no thread can be started, and leave the choice of a loop open', async () => {
    await using preload = await Preload.of('refuse-native-thread');
    expect(await reportOf('native-loop', ['refused'], { env: preload.env })).to.deep.equal({
      refused: {
        name: 'EventLoopError',
        code: 'EAGAIN',
        message: "the event loop can't be made: EAGAIN; end threads, or raise their limit (ulimit -u)",
      },
      ours: null,
    });
  });
});

describe('the native loop, while JavaScript is blocked', () => {
  it('should keep a connection for a minute, where keepalive ends it after 20 s of silence, and lose no event', async function () {
    this.timeout(150_000);
    await using libvirtd = await PrivateLibvirtd.start({ keepaliveInterval: 5, keepaliveCount: 3 });
    const blocked = await reportOf('blocked-javascript', ['the native loop', '60', libvirtd.uri]);
    expect(blocked).to.deep.equal({
      isOpenAfterwards: true,
      lost: [],
      answer: 'test',
      hasHeardEnough: true,
      missing: 0,
      isOrdered: true,
    });
  });

  it('should queue a flood up to a limit, keep its connection, and lose no event', async function () {
    this.timeout(120_000);
    const { queued, ...rest } = (await scenario('one flood')) as Record<string, unknown>;
    expect(rest).to.deep.equal({ heard: [100_000], outOfOrder: 0, open: 1 });
    expect(queued).to.be.at.most(full + readTogether);
  });

  it('should queue several floods up to a common limit', async function () {
    this.timeout(120_000);
    const { queued, ...rest } = (await scenario('several floods')) as Record<string, unknown>;
    expect(rest).to.deep.equal({ heard: [40_000], outOfOrder: 0, open: 8 });
    expect(queued).to.be.within(full, full + 8 * (fullOfMany + readTogether));
  });

  it("should answer the daemon's keepalive amid a flood, although JavaScript is slow to take it", async () => {
    const { heardBefore, heard } = (await scenario('asked after a flood')) as Record<string, number>;
    expect(heardBefore).to.be.lessThan(3000);
    expect(heard).to.equal(4001);
  });

  it('should neither wait for callbacks of event.addHandle and addTimeout, nor spin', async () => {
    expect(await scenario('blocked with a watch')).to.deep.equal({
      isIdle: true,
      calledWhileBlocked: 0,
      calls: 1,
      late: 0,
    });
  });
});

describe('event.addHandle and addTimeout with the native loop', () => {
  it('should call back no more after a change, also where the callback was due already', async () => {
    expect(await scenario('changed while it waits')).to.deep.equal({
      late: [],
      served: ['cleared', 'silenced'],
    });
  });

  it('should not call back a timeout that is set again while its thread begins the call', async () => {
    await using preload = await Preload.of('slow-memory');
    expect(await reportOf('native-loop', ['set again amid the call'], { env: preload.env })).to.equal(0);
  });

  it('should not call back a watch for what has been read meanwhile, though it was set again', async () => {
    expect(await scenario('emptied and set again while a callback waits')).to.equal(0);
  });

  it('should not keep a worker alive when another thread has removed its timeout', async () => {
    expect(await scenario('removed by another thread')).to.equal(0);
  });

  it('should leave turns to timers and I/O beside slow callbacks', async () => {
    expect(await scenario('slow callbacks')).to.deep.equal({ turns: 10, isCalled: true });
  });

  it('should report a regular file as ready', async () => {
    expect(await scenario('a regular file')).to.equal(1);
  });

  for (const name of ['handles', 'timeouts'])
    it(`should work as with the other loops, and keep the process alive meanwhile: ${name}`, async () => {
      const [expected, actual] = await Promise.all(
        [[], [nativeLoopOption]].map((nodeOptions) => reportOf('event-functions', [name], { nodeOptions })),
      );
      // The turns of the native loop are not those of JavaScript.
      expect({ ...(actual as object), isEveryTurn: true }).to.deep.equal({
        ...(expected as object),
        isEveryTurn: true,
      });
    });
});
