import { expect } from 'chai';
import { nativeLoopOption } from '../support/loop/native-loop-option.js';
import { Preload } from '../support/programs/preload.js';
import { isSanitized } from '../support/programs/is-sanitized.js';
import { reportOf } from '../support/programs/run-script.js';
import { RemoteScriptedLibvirtd } from '../support/scripted-libvirtd/index.js';

const loops = [
  ['RxEventImpl', []],
  ['the native loop', [nativeLoopOption]],
] as const;

describe('the addon without memory', () => {
  for (const [loop, nodeOptions] of loops)
    it(`should settle everything, leave nothing, and work as soon as there is memory again, with ${loop}`, async () => {
      await using preload = await Preload.of('refuse-memory');
      const reported = await reportOf('without-memory', [], { env: preload.env, nodeOptions });
      expect(reported).to.have.property('left', 0);
      expect(reported).to.have.property('refused').that.is.above(40);
    });

  // The first wake-up of the native loop must not be lost: nothing else would bring it the first change.
  it('should call back the first timeout of the native loop, or refuse it', async function () {
    this.timeout(600_000);
    await using preload = await Preload.of('refuse-memory');
    const reported: unknown[] = [];
    for (let n = 1; n <= 16; n++)
      reported.push(await reportOf('first-timeout-without-memory', [String(n)], { env: preload.env }));
    expect(reported).to.not.include('not called back');
    expect(reported).to.include('refused').and.include('called back without an allocation');
  });

  it('should leave nothing of a native loop that it can’t make, and say why', async () => {
    await using preload = await Preload.of('refuse-memory');
    const told = new Set<string>();
    for (let n = 1; n <= 16; n++) {
      const reported = await reportOf('native-loop-without-memory', [String(n)], { env: preload.env });
      expect(reported, `allocation ${n}`).to.deep.include({ left: 0, afterwards: null });
      const { error } = reported as { error: Error | null };
      told.add(error === null ? 'made' : `${error.name}: ${error.message}`);
    }
    const refused = "EventLoopError: the event loop can't be made: ENOMEM; free memory, and try again";
    expect([...told]).to.have.members([refused, 'made']);
  });

  for (const loop of ['RxEventImpl', 'the native loop', 'the default loop'])
    it(`should let a worker end, with ${loop}`, async () => {
      await using preload = await Preload.of('refuse-memory');
      for (let n = 1; n <= 6; n++) {
        const found = await reportOf('worker-end-without-memory', [loop, String(n)], { env: preload.env });
        expect(found, `allocation ${n}`).to.equal('ended');
      }
    });

  for (const [loop, nodeOptions] of loops)
    it(`should tell the end of each connection, with ${loop}`, async () => {
      await using preload = await Preload.of('refuse-memory');
      const told = await reportOf('end-without-memory', [], { env: preload.env, nodeOptions });
      expect(told).to.deep.equal(Array.from({ length: 6 }, () => 'end-of-file'));
    });

  it('should free the objects of lists that it can not hand over', async () => {
    await using preload = await Preload.of('refuse-memory');
    await using daemon = await RemoteScriptedLibvirtd.start();
    const reported = await reportOf('lists-without-memory', [daemon.uri], { env: preload.env });
    expect(reported).to.have.property('left', 0);
    expect(reported).to.have.property('refused').that.is.above(40);
  });

  // Each allocation is refused in a process of its own: what is allocated once is not allocated again.
  it('should deliver each event or count it as lost, and deliver all events that follow', async function () {
    this.timeout(isSanitized ? 900_000 : 300_000);
    await using preload = await Preload.of('refuse-memory');
    for (const [nodeOptions, most] of [
      [[], 32],
      [[nativeLoopOption], 12],
    ] as const) {
      for (let n = 1; n <= most; n++) {
        const options = { env: preload.env, nodeOptions };
        const reported = await reportOf('flood-without-memory', [String(n)], options);
        expect(reported, `allocation ${n} with ${nodeOptions.join()}`).to.deep.equal({
          hasRefused: true,
          missing: 0,
          missingAfterwards: 0,
        });
      }
    }
  });

  it('should tell a watched host where events were lost, and the host should list again', async () => {
    await using preload = await Preload.of('refuse-memory');
    const reported = await reportOf('host-without-memory', [], { env: preload.env });
    expect(reported).to.include({ unexplained: 0, wrong: 0 });
    const { lost, told, droppedEvents, published } = reported as Readonly<Record<string, number>>;
    expect(lost).to.be.at.least(1);
    expect({ told, droppedEvents, published }).to.deep.equal({
      told: lost,
      droppedEvents: lost,
      published: lost,
    });
  });
});
