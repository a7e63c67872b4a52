import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { inRoot } from './support/programs/addon-headers.js';
import { typeCheck } from './support/programs/type-check.js';

const documents = [
  'README.md',
  ...readdirSync(inRoot('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The examples in a document that are whole programs, or go on where an earlier one of the document has ended. */
function programsIn(document: string): readonly (readonly [name: string, text: string])[] {
  const blocks = readFileSync(inRoot(document), 'utf8').matchAll(/^```[jt]s\n(.*?)^```/gms);
  const programs = [...blocks]
    .map(([, text]) => text as string)
    .filter((text) => !text.includes('…') && !text.startsWith('{'));
  return programs.map((text, index) => {
    const given = text.includes('const host =') ? '' : "declare const host: import('rxvirt').Host; ";
    return [`${document} example ${index + 1}`, `export {}; ${given}${text}`];
  });
}

describe('the examples in the documents', () => {
  it('should compile in the project of a user', function () {
    this.timeout(60_000);
    const programs = new Map(documents.flatMap(programsIn));
    expect(programs.size).to.be.at.least(10);
    expect(typeCheck(programs)).to.deep.equal([]);
  });
});
