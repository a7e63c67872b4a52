// Writes the tables of docs/events.md from the event table in lib/events/. Columns that say how an event was proven stay
// as they are in the document; those of a new event are question marks, to be filled in by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { secretUsageTypes } from '../../dist/lib/events/event-object-types.js';
import { eventTable } from '../../dist/lib/events/event-table.js';
import { graphicsAddressFamilies } from '../../dist/lib/events/graphics-types.js';
import { root } from '../setup/run.mjs';

const path = join(root, 'docs/events.md');
const unknownProofs = ['?', '?', '?'];

/** The field of each category's events that says whose they are; that of domains stands above the table. */
const subjects = {
  network: 'network',
  'storage-pool': 'storagePool',
  'node-device': 'nodeDevice',
  secret: 'secret',
  'qemu-monitor': 'domain',
};

/** Not registered for, so it has no row. */
const closed = {
  category: 'connection',
  type: 'closed',
  id: '–',
  since: '0.10.0',
  payload: '`reason`',
  words: ['error', 'end-of-file', 'keepalive', 'client'],
};

const code = (text) => `\`${text}\``;

/** A field in a table, undefined for a number that stands beside its word. */
function describeField([name, field]) {
  switch (field.kind) {
    case 'number of':
      return undefined;
    case 'address':
      return `${code(name)}: \`{ family, node, service }\``;
    case 'identities':
      return `${code(name)}: list of \`{ type, name }\``;
    default:
      return field.note === undefined ? code(name) : `${code(name)}: ${field.note}`;
  }
}

function describeRow(category, [type, { id, since, fields }]) {
  const subject = subjects[category] === undefined ? [] : [code(subjects[category])];
  const described = Object.entries(fields).flatMap((field) => describeField(field) ?? []);
  return {
    category,
    type,
    id: category === 'qemu-monitor' ? '–' : id,
    since,
    payload: [...subject, ...described].join(', ') || '–',
  };
}

const rowsOf = (category) =>
  Object.entries(eventTable[category])
    .sort(([, a], [, b]) => a.id - b.id)
    .map((row) => describeRow(category, row));

/** The lines of a table in Markdown; prettier aligns it. */
const table = (head, lines) =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The last three columns of a table, by the ones that name the event. */
function proofsIn(text, names) {
  const lines = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(lines.map((cells) => [cells.slice(1, 1 + names).join(), cells.slice(-4, -1)]));
}

function domainTable(before) {
  const proofs = proofsIn(before, 1);
  const head = ['type', 'id', 'since', 'payload and units', 'QEMU', 'scripted', 'test driver'];
  const lines = rowsOf('domain').map(({ type, id, since, payload }) => {
    const name = code(type);
    return [name, id, since, payload, ...(proofs.get(name) ?? unknownProofs)];
  });
  return table(head, lines);
}

function otherTable(before) {
  const proofs = proofsIn(before, 2);
  const head = ['category', 'type', 'id', 'since', 'payload and units', 'QEMU', 'scripted', 'test driver'];
  const rows = [...Object.keys(subjects).flatMap(rowsOf), closed];
  const lines = rows.map(({ category, type, id, since, payload }) => {
    const names = [code(category), code(type)];
    return [...names, id, since, payload, ...(proofs.get(names.join()) ?? unknownProofs)];
  });
  return table(head, lines);
}

/** Each list of words of an event's fields, with what it is the list of. */
function listsOf(category, type, fields) {
  return Object.entries(fields).flatMap(([name, { kind, words }]) => {
    switch (kind) {
      case 'words':
        return { category, type, name: code(name), words };
      case 'details':
        return Object.entries(words).map(([of, detail]) => ({
          category,
          type,
          name: `${code(name)} of ${code(of)}`,
          words: detail.words,
        }));
      case 'address':
        return { category, type, name: code('family'), words: graphicsAddressFamilies };
      default:
        return [];
    }
  });
}

function wordsTable() {
  const lists = [...Object.keys(eventTable)].flatMap((category) =>
    Object.entries(eventTable[category]).flatMap(([type, { fields }]) => listsOf(category, type, fields)),
  );
  lists.push({ ...closed, name: '`reason`' });
  // Events of a category that share a field share a line.
  const groups = new Map();
  for (const list of lists) {
    const key = JSON.stringify([list.category, list.name, list.words]);
    groups.set(key, [...(groups.get(key) ?? []), list]);
  }
  const lines = [...groups.values()].map((same) => {
    const [{ category, name, words }] = same;
    const family = category === 'domain' ? '' : `${category.replaceAll('-', ' ')} `;
    const of = [...new Set(same.map(({ type }) => code(type)))].join(', ');
    return [`${family}${of}: ${name}`, words.map(code).join(', ')];
  });
  lines.splice(-1, 0, ['`usageType` of a secret', secretUsageTypes.map(code).join(', ')]);
  return table(['field', 'words, from the number 0'], lines);
}

/** The document with other tables between the markers. */
function written(text) {
  const tables = { domain: domainTable, others: otherTable, words: wordsTable };
  return Object.entries(tables).reduce((document, [name, render]) => {
    const [begin, end] = [`<!-- ${name}: written by \`npm run docs\` -->`, `<!-- end of ${name} -->`];
    const [head, rest] = document.split(begin);
    const [before, tail] = rest?.split(end) ?? [];
    if (tail === undefined) throw new Error(`docs/events.md has not both ${begin} and ${end}`);
    return `${head}${begin}\n\n${render(before)}\n\n${end}${tail}`;
  }, text);
}

/** Writes the tables; with `check` it only fails where they are out of date. */
export async function writeTables(check) {
  const before = readFileSync(path, 'utf8');
  const options = { ...(await prettier.resolveConfig(path)), parser: 'markdown' };
  const after = await prettier.format(written(before), options);
  if (!check) writeFileSync(path, after);
  if (check && after !== before) {
    console.error('docs/events.md is not what lib/events/ says; run `npm run docs`');
    process.exitCode = 1;
  } else if (/\| \? +\|/.test(after)) {
    console.error('docs/events.md: write how the new events were proven in place of the question marks');
    process.exitCode = 1;
  }
}
