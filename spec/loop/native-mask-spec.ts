import { expect } from 'chai';
import { reportOf } from '../support/programs/run-script.js';

const scenario = (name: string): Promise<unknown> => reportOf('native-mask', [name]);

describe('the mask of a watch of the native loop, changed by another thread', () => {
  // libvirt's client does that twice for each call.
  it('should be changed without waking the loop', async () => {
    expect(await scenario('many changes'))
      .to.have.property('during')
      .that.is.below(100);
  });

  it('should keep the watch silent at a hang-up, which is told once the watch is wanted again', async () => {
    const found = await scenario('hang-up while silent');
    expect(found).to.deep.include({ whileSilent: 0, told: [8] });
    // A loop that finds the file ready again and again would take 400.
    expect(found).to.have.property('cpuMs').that.is.below(200);
  });

  it('should keep the watch silent when its descriptor is closed and its file hangs up elsewhere', async () => {
    const found = await scenario('closed while silent');
    expect(found).to.have.property('calls', 0);
    expect(found).to.have.property('cpuMs').that.is.below(200);
  });
});
