import { commands } from './loop/commands.js';
import { play } from './loop/play.js';
import { assertNoFaults } from './runs.js';

describe('RxEventImpl, with random watches, timeouts, updates and removals', () => {
  it('should keep the contract of libvirt’s event loop', () => {
    assertNoFaults(3000, commands, play);
  });
});
