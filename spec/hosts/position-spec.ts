import { expect } from 'chai';
import type { DomainLifecycleEvent, DomainRebootEvent } from '../../lib/index.js';
import { Places } from '../../lib/hosts/position.js';

const domain = { name: 'd', uuid: 'd0d0d0d0-0000-4000-8000-000000000000', id: 1 };
const lifecycle: DomainLifecycleEvent = Object.freeze({
  category: 'domain',
  type: 'lifecycle',
  domain,
  event: 'started',
  detail: 'booted',
  eventNumber: 2,
  detailNumber: 0,
  time: 3,
});
const reboot: DomainRebootEvent = Object.freeze({ category: 'domain', type: 'reboot', domain, time: 4 });

describe('an item of a host', () => {
  for (const item of [lifecycle, reboot, { type: 'gap', from: 1, to: 2, reason: 'error' }]) {
    it(`should have all that a ${item.type} has, and its place, and be frozen`, () => {
      const placed = new Places('h').place(item, 1);
      expect(placed).to.deep.equal({ ...item, host: 'h', position: { epoch: 1, seq: 1 } });
      expect([Object.isFrozen(placed), Object.isFrozen(placed.position)]).to.deep.equal([true, true]);
    });
  }
});
