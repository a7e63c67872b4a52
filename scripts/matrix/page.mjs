// Writes the table of docs/compatibility.md.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/run.mjs';
import { resultsFolder } from './combination.mjs';

const page = join(root, 'docs/compatibility.md');
const begin = '<!-- written by scripts/matrix.mjs -->';
const end = '<!-- end -->';

const byNumber = new Intl.Collator('en', { numeric: true });

function readResults(folder) {
  const results = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  return results.sort((a, b) => byNumber.compare(`${a.libvirt} ${a.node}`, `${b.libvirt} ${b.node}`));
}

/** The text of each column for a result. */
const columns = {
  release: ({ suite }) => suite,
  libvirt: ({ libvirt }) => libvirt,
  QEMU: ({ qemu }) => qemu,
  GCC: ({ compiler }) => compiler,
  Node: ({ node }) => node,
  command: ({ command }) => `\`${command}\``,
  passed: ({ report }) => report?.passed ?? 'ended early',
  failed: ({ report }) => report?.failed.length ?? '',
  pending: ({ report }) => report?.pending.length ?? '',
  date: ({ date }) => date,
  commit: ({ commit }) => commit,
};
const row = (cells) => `| ${cells.join(' | ')} |`;

/** Writes the whole table again, from the last result of each combination. */
export function writePage(folder) {
  const results = readResults(resultsFolder(folder));
  const table = [
    row(Object.keys(columns)),
    row(Object.keys(columns).map(() => '---')),
    ...results.map((result) => row(Object.values(columns).map((cell) => cell(result)))),
  ];
  const failures = results.flatMap(({ suite, node, report }) =>
    (report?.failed ?? []).map(({ title, message }) => `- ${suite}, Node ${node}: ${title}: \`${message}\``),
  );
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  const written = ['', '', ...table, '', ...failures, ...(failures.length > 0 ? [''] : [])].join('\n');
  writeFileSync(page, text.slice(0, before) + written + text.slice(after));
  spawnSync(process.execPath, [join(root, 'node_modules/prettier/bin/prettier.cjs'), '--write', page]);
  console.log('matrix: docs/compatibility.md is written');
}
