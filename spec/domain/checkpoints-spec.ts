import { expect } from 'chai';
import { Connection, DomainCheckpoint, type Domain } from '../../lib/index.js';
import { rejection } from '../support/rejection.js';
import { ownTestHostWithDisk } from '../support/test-host.js';

const named = (name: string): string => `<domaincheckpoint><name>${name}</name></domaincheckpoint>`;
const names = async (listed: Promise<readonly DomainCheckpoint[]>): Promise<string[]> =>
  (await listed).map(({ name }) => name).sort();

describe('DomainCheckpoint', () => {
  let connection: Connection;
  let domain: Domain;
  beforeEach(async () => {
    connection = await Connection.open(ownTestHostWithDisk);
    domain = await connection.lookupDomainByName('test');
  });
  afterEach(() => connection.close());

  it('should be made, listed and looked up by its name', async () => {
    expect(await domain.listCheckpoints()).to.deep.equal([]);
    const made = await domain.createCheckpoint(named('first'));
    expect(made).to.be.instanceOf(DomainCheckpoint).and.to.include({ name: 'first' });
    expect(await names(domain.listCheckpoints())).to.deep.equal(['first']);
    const found = await domain.lookupCheckpointByName('first');
    expect(await found.xml()).to.equal(await made.xml());
  });

  it('should be described with its domain or without', async () => {
    const made = await domain.createCheckpoint(named('first'));
    expect(await made.xml()).to.include('<domain ');
    expect(await made.xml({ noDomain: true }))
      .to.include('<name>first</name>')
      .and.to.not.include('<domain ');
  });

  it('should know its parent and its children', async () => {
    const [first, , third] = [
      await domain.createCheckpoint(named('first')),
      await domain.createCheckpoint(named('second')),
      await domain.createCheckpoint(named('third')),
    ];
    expect((await third.parent()).name).to.equal('second');
    expect(await rejection(first.parent())).to.include({ code: 'VIR_ERR_NO_DOMAIN_CHECKPOINT' });
    expect(await names(first.listChildren())).to.deep.equal(['second']);
    expect(await names(first.listChildren({ descendants: true }))).to.deep.equal(['second', 'third']);
    expect(await names(first.listChildren({ descendants: true, leaves: true }))).to.deep.equal(['third']);
    expect(await names(domain.listCheckpoints({ roots: true }))).to.deep.equal(['first']);
    expect(await names(domain.listCheckpoints({ leaves: true }))).to.deep.equal(['third']);
    expect(await names(domain.listCheckpoints({ leaves: false }))).to.deep.equal(['first', 'second']);
    const inOrder = (await domain.listCheckpoints({ topological: true })).map(({ name }) => name);
    expect(inOrder).to.deep.equal(['first', 'second', 'third']);
  });

  it('should be told to libvirt again from its XML', async () => {
    const made = await domain.createCheckpoint(named('first'));
    const xml = await made.xml();
    await made.delete({ metadataOnly: true });
    expect(await domain.listCheckpoints()).to.deep.equal([]);
    await domain.createCheckpoint(xml, { redefine: true });
    expect(await names(domain.listCheckpoints())).to.deep.equal(['first']);
  });

  it('should be deleted, with its children or only they', async () => {
    const first = await domain.createCheckpoint(named('first'));
    const second = await domain.createCheckpoint(named('second'));
    await domain.createCheckpoint(named('third'));
    await second.delete({ childrenOnly: true });
    expect(await names(domain.listCheckpoints())).to.deep.equal(['first', 'second']);
    await first.delete({ children: true });
    expect(await names(domain.listCheckpoints())).to.deep.equal([]);
    expect(await rejection(domain.lookupCheckpointByName('first'))).to.include({
      code: 'VIR_ERR_NO_DOMAIN_CHECKPOINT',
      call: 'virDomainCheckpointLookupByName',
    });
  });

  it('should be made by a domain only', () => {
    const Make = DomainCheckpoint as unknown as new () => DomainCheckpoint;
    expect(() => new Make()).to.throw(TypeError, 'createCheckpoint()');
  });
});
