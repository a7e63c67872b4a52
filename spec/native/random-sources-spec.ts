import { nativeCommands } from '../models/loop/native-commands.js';
import { ReadyFiles } from '../models/loop/native-files.js';
import { playNatively } from '../models/loop/native-play.js';
import { assertNoFaultsLater } from '../models/runs.js';

describe('libvirt’s event functions, used at random by callbacks and threads', () => {
  it('should keep the contract of libvirt’s event loop', async () => {
    using files = new ReadyFiles();
    await assertNoFaultsLater(300, nativeCommands, (commands) => playNatively(commands, files.all));
  });
});
