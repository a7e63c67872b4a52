import { expect } from 'chai';
import { Connection, type Domain } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';
import { ownTestHost } from '../support/test-host.js';

const uri = 'http://example.org/notes';

describe('the metadata of a domain', () => {
  let connection: Connection;
  let domain: Domain;
  beforeEach(async () => {
    connection = await Connection.open(ownTestHost);
    domain = await connection.lookupDomainByName('test');
  });
  afterEach(() => connection.close());

  it('should be set, got and removed', async () => {
    const missing = { code: 'VIR_ERR_NO_DOMAIN_METADATA', call: 'virDomainGetMetadata' };
    for (const [type, value] of [
      ['title', 'ünï'],
      ['description', 'two\nlines'],
    ] as const) {
      expect(await rejection(domain.metadata(type))).to.include(missing);
      await domain.setMetadata(type, value);
      expect(await domain.metadata(type)).to.equal(value);
      await domain.setMetadata(type, null);
      expect(await rejection(domain.metadata(type))).to.include(missing);
    }
  });

  it('should be an XML element of one’s own', async () => {
    await domain.setMetadata('element', '<note>first</note>', { key: 'n', uri });
    expect(await domain.metadata('element', { uri })).to.equal('<note>first</note>');
    expect(await domain.xml()).to.include(`<n:note xmlns:n="${uri}">first</n:note>`);
    await domain.setMetadata('element', null, { uri });
    expect(await domain.xml()).to.not.include('first');
  });

  it('should be that of now, or that for the next start', async () => {
    await domain.setMetadata('title', 'now', { live: true });
    await domain.setMetadata('title', 'later', { config: true });
    expect(await domain.metadata('title')).to.equal('now');
    expect(await domain.metadata('title', { live: true })).to.equal('now');
    expect(await domain.metadata('title', { config: true })).to.equal('later');
    await domain.setMetadata('title', 'both', { live: true, config: true });
    expect(await domain.metadata('title', { live: true })).to.equal('both');
    expect(await domain.metadata('title', { config: true })).to.equal('both');
  });
});
