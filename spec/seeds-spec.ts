import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';

const documentPath = 'docs/seeds.md';

/** The rows of the document's tables, without their heads. */
const rows = readFileSync(documentPath, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|( seed |[ :|-]+$)/.test(line))
  .map((line) => line.split('|').slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim()));

describe(documentPath, () => {
  it('should have no empty cell', () => {
    expect(rows.length).to.be.greaterThan(50);
    for (const row of rows) {
      expect(row).to.have.length(4);
      expect(row, row.join(' | ')).not.to.include('');
    }
  });

  it('should name specs that there are', () => {
    for (const [seed = '', , , spec = ''] of rows) {
      const [, path = '', title = ''] = /^`(spec\/\S+-spec\.ts)`: “(.+)”$/.exec(spec) ?? [];
      expect(existsSync(path), `the spec for “${seed}”: ${spec}`).to.equal(true);
      expect(readFileSync(path, 'utf8'), path).to.include(title);
    }
  });
});
