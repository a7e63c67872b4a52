import { expect } from 'chai';
import { event, RxEventImpl } from '../../lib/index.js';
import { nativeCommands } from '../models/loop/native-commands.js';
import { ReadyFiles } from '../models/loop/native-files.js';
import { playNatively } from '../models/loop/native-play.js';
import { assertNoFaultsLater } from '../models/runs.js';
import { reportOf } from '../support/programs/run-script.js';

describe('libvirt’s event functions, used at random by callbacks and threads', () => {
  it('should keep the contract of libvirt’s event loop', async () => {
    event.register(RxEventImpl.shared);
    using files = new ReadyFiles();
    await assertNoFaultsLater(300, nativeCommands, async (commands) => {
      const faults = await playNatively(commands, files.all);
      const { handles, timeouts, pendingFrees } = RxEventImpl.shared.stats();
      const held = handles + timeouts + pendingFrees;
      return held === 0 ? faults : [...faults, `the loop holds ${held} in the end`];
    });
  });

  it('should keep the contract of libvirt’s event loop with the native loop', async () => {
    expect(await reportOf('random-sources')).to.equal('no fault');
  });
});
