import { expect } from 'chai';
import { Connection } from '../../lib/index.js';
import { inUse } from '../../lib/native.js';

describe('a screenshot of the test host', () => {
  it('should be read to its end, and leave no source of the loop', async () => {
    const connection = await Connection.open('test:///default');
    const domain = await connection.lookupDomainByName('test');
    const before = inUse()?.['sources of libvirt, in all threads'];
    for (let i = 0; i < 5; i++) {
      const { mimeType, stream } = await domain.screenshot();
      const picture = Buffer.concat(await stream.toArray());
      expect(mimeType).to.equal('image/png');
      expect(picture.subarray(1, 4).toString()).to.equal('PNG');
    }
    const { stream } = await domain.screenshot();
    await new Promise((resolve) => stream.on('close', resolve).destroy());
    expect(inUse()?.['sources of libvirt, in all threads']).to.equal(before);
    await connection.close();
  });
});
