import { expect } from 'chai';
import { event, RxEventImpl } from '../../lib/index.js';
import { native } from '../../lib/native.js';
import { turns, until } from './recorded-source.js';
import { specNative } from './spec-native.js';

describe('8 threads that add, update and remove while callbacks fire (property 9)', () => {
  after(async () => {
    specNative.joinStress();
    specNative.removeStressed();
    await RxEventImpl.shared.drain();
    specNative.closeStressed();
  });

  it('should survive 1,000,000 changes: the last update wins, and adds equal frees in the end', async () => {
    event.register(RxEventImpl.shared);
    const before = native().bridgeCounts();
    await new Promise<void>((resolve) => {
      specNative.startStress(8, 1_000_000, resolve);
    });
    expect(specNative.stressState()).to.include({ operations: 1_000_000, refusedAdds: 0 });
    expect(specNative.stressState().callbacks).to.be.above(100);

    // Nothing changes any more. So each source gets what was wanted last, and nothing else.
    specNative.settleStress();
    expect(specNative.stressSettlement().unsettled).to.be.above(0);
    await until(() => specNative.stressSettlement().unsettled === 0);
    await turns(50);
    expect(specNative.stressSettlement()).to.include({ unsettled: 0 });
    expect(specNative.stressSettlement().live).to.be.above(64);

    specNative.removeStressed();
    await RxEventImpl.shared.drain();
    await until(() => specNative.stressState().frees >= specNative.stressState().adds);
    await turns(5);
    const { adds, frees, violations, late } = specNative.stressState();
    expect({ frees, violations, late }).to.deep.equal({ frees: adds, violations: 0, late: 0 });
    const after = native().bridgeCounts();
    expect(after.adds - before.adds).to.equal(adds);
    expect(after.frees - before.frees).to.equal(frees);
  });
});
