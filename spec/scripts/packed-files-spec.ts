import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { inRoot } from '../support/programs/addon-headers.js';

/** The files that npm packs, by their paths in the project. */
function packedFiles(): readonly string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [tarball] = JSON.parse(
    execFileSync('npm', args, { cwd: inRoot('.'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as readonly [{ readonly files: readonly { readonly path: string }[] }];
  return tarball.files.map(({ path }) => path);
}

/** Each file of the project that a document in Markdown has a link to. */
function linksOf(document: string): readonly string[] {
  const links = [...readFileSync(inRoot(document), 'utf8').matchAll(/\]\(([^)\s#]+)[^)\s]*\)/g)];
  return links
    .map(([, link]) => link as string)
    .filter((link) => !/^\w+:/.test(link))
    .map((link) => normalize(join(dirname(document), link)));
}

describe('the packed files', () => {
  it('should have each file that their documents have links to', () => {
    const packed = new Set(packedFiles());
    const documents = [...packed].filter((path) => path.endsWith('.md'));
    expect(documents).to.include.members(['README.md', 'docs/hosts.md']);
    const dead = documents.flatMap((document) =>
      linksOf(document)
        .filter((link) => !packed.has(link))
        .map((link) => `${document}: ${link}`),
    );
    expect(dead).to.deep.equal([]);
  });
});
