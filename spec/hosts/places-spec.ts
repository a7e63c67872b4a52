import { expect } from 'chai';
import { Places } from '../../lib/hosts/position.js';

describe('the places of a host’s items', () => {
  it('should count the items of each connection', () => {
    const places = new Places('h');
    const epochs = [1, 1, 2, 2, 5];
    expect(epochs.map((epoch) => places.place({}, epoch).position)).to.deep.equal([
      { epoch: 1, seq: 1 },
      { epoch: 1, seq: 2 },
      { epoch: 2, seq: 1 },
      { epoch: 2, seq: 2 },
      { epoch: 5, seq: 1 },
    ]);
  });

  it('should be given only once, when objects known from an earlier connection are told to a late subscriber', () => {
    const places = new Places('h');
    // An event of the second connection comes before its listing has ended. Then a late subscriber is told what the
    // first connection has listed, and another event follows.
    const epochs = [1, 2, 1, 2];
    expect(epochs.map((epoch) => places.place({}, epoch).position)).to.deep.equal([
      { epoch: 1, seq: 1 },
      { epoch: 2, seq: 1 },
      { epoch: 2, seq: 2 },
      { epoch: 2, seq: 3 },
    ]);
  });

  it('should come with the name of the host, on frozen items', () => {
    const item = new Places('h').place({ type: 'any' }, 1);
    expect(item).to.deep.equal({ type: 'any', host: 'h', position: { epoch: 1, seq: 1 } });
    expect(Object.isFrozen(item) && Object.isFrozen(item.position)).to.equal(true);
  });
});
