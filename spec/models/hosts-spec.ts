import { histories } from './hosts/history.js';
import { play } from './hosts/play.js';
import { assertNoFaults } from './runs.js';

describe('a host, in random histories of events, losses, failures and slow replies', () => {
  it('should know the truth in the end, and tell each change and each gap rightly until then', () => {
    assertNoFaults(3000, histories, play);
  });
});
