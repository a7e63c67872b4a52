import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { native } from '../../lib/native.js';
import { libvirtApi } from '../support/installed/libvirt-api.js';
import { inRoot } from '../support/programs/addon-headers.js';

interface Coverage {
  methodsByFunction(): ReadonlyMap<string, readonly string[]>;
  insteadOf(name: string): string | undefined;
}

const rows = (folder: string, pattern: RegExp) =>
  readdirSync(inRoot(folder)).flatMap((name) => [
    ...readFileSync(inRoot(`${folder}/${name}`), 'utf8').matchAll(pattern),
  ]);

describe('the coverage of libvirt', () => {
  let coverage: Coverage;
  const functions = libvirtApi()?.functions ?? [];
  before(async () => {
    expect(functions).to.have.length.above(400);
    coverage = (await import(inRoot('scripts/docs/coverage.mjs'))) as Coverage;
  });

  it('should be complete: each function of the installed description has a method, or something instead', () => {
    const methods = coverage.methodsByFunction();
    const missing = functions.filter((name) => !methods.has(name) && coverage.insteadOf(name) === undefined);
    expect(missing).to.deep.equal([]);
  });

  it('should have a line on its page for each function of the installed description', () => {
    const page = readFileSync(inRoot('docs/coverage.md'), 'utf8');
    expect(functions.filter((name) => !page.includes(`| \`${name}\` `))).to.deep.equal([]);
    expect(page).not.to.include('**nothing**');
  });

  it('should be of functions that the addon has, and the addon has no others', () => {
    const called = [
      ...coverage.methodsByFunction().keys(),
      ...rows('lib/streams', /'(vir[A-Z]\w+)'/g).map(String),
    ];
    const names = new Set(called.map((name) => name.split(',').at(-1)));
    expect(Object.keys(native().calls).filter((name) => !names.has(name))).to.deep.equal([]);
  });

  it('should say why a function needs code of its own', () => {
    const page = readFileSync(inRoot('docs/coverage.md'), 'utf8');
    const [, list = ''] = page.split('## Functions with code of their own');
    const odd = rows('addon/calls/tables', /ODD(?:_SINCE)?\((vir\w+)/g).map(([, name]) => String(name));
    expect(odd).to.have.length.above(10);
    expect(odd.filter((name) => !list.includes(`\`${name}\``))).to.deep.equal([]);
  });
});
