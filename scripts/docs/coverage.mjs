// Makes docs/coverage.md: which function of libvirt is where in rxvirt, and where it was run.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import ts from 'typescript';
import { filesUnder } from '../setup/fingerprint.mjs';
import { root } from '../setup/run.mjs';
import { counterparts } from './counterparts.mjs';
import { odd } from './odd.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

/** The functions of libvirt 12.8, and the versions that have them first. */
const functions = new Map(Object.entries(JSON.parse(read('scripts/docs/functions.json'))));

/** The methods that call each function, such as `domain.xml`. */
export function methodsByFunction() {
  const parents = new Map();
  const calls = [];
  for (const path of filesUnder('lib', /\.ts$/)) {
    const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
    source.forEachChild((node) => {
      if (!ts.isClassDeclaration(node) || node.name === undefined) return;
      const parent = node.heritageClauses?.flatMap((clause) => clause.types)[0]?.expression.getText();
      if (parent !== undefined) parents.set(parent, node.name.text);
      const methods = node.members.filter((member) => ts.isMethodDeclaration(member));
      const hidden = new Map(
        methods
          .filter(({ name }) => ts.isPrivateIdentifier(name))
          .map((member) => [member.name.getText(), functionsIn(member)]),
      );
      for (const member of methods.filter(({ name }) => !ts.isPrivateIdentifier(name))) {
        const text = member.getText();
        const behind = [...hidden]
          .filter(([name]) => text.includes(`this.${name}(`))
          .flatMap(([, names]) => names);
        for (const name of [...functionsIn(member), ...behind])
          calls.push([name, node.name.text, member.name.getText()]);
      }
    });
  }
  const found = new Map();
  for (const [name, owner, method] of calls) {
    let last = owner;
    while (parents.has(last) && !roots.has(parents.get(last))) last = parents.get(last);
    const where = `${variableOf(last)}.${method}()`;
    if (!found.get(name)?.includes(where)) found.set(name, [...(found.get(name) ?? []), where]);
  }
  return found;
}

/** Classes that several others extend: the way from a base class to the class that users see ends before them. */
const roots = new Set(['LibvirtObject']);

function functionsIn(node) {
  const names = [];
  const visit = (each) => {
    if (ts.isStringLiteral(each) && /^vir[A-Z]\w+$/.test(each.text)) names.push(each.text);
    each.forEachChild(visit);
  };
  visit(node);
  return names;
}

const variableOf = (name) =>
  ({
    StoragePool: 'pool',
    StorageVolume: 'volume',
    DomainCheckpoint: 'checkpoint',
    NodeDevice: 'device',
    NetworkPort: 'port',
    NwFilter: 'filter',
    NwFilterBinding: 'binding',
  })[name] ?? name[0].toLowerCase() + name.slice(1);

/** What there is instead of a function; undefined when nobody knows. */
export const insteadOf = (name) => counterparts.find(([pattern]) => pattern.test(name))?.[1];

/** The text of docs/coverage.md. */
export function coveragePage() {
  const methods = methodsByFunction();
  const runs = JSON.parse(read('scripts/docs/runs.json'));
  const bound = [...functions.keys()].filter((name) => methods.has(name));
  const others = [...functions.keys()].filter((name) => !methods.has(name));
  const was = (name, where) => (runs[name]?.includes(where) ? 'yes' : '');
  const ran = bound.filter((name) => was(name, 'test') || was(name, 'host'));
  const rows = bound.map((name) =>
    cells(
      `\`${name}\``,
      functions.get(name),
      methods
        .get(name)
        .map((each) => `\`${each}\``)
        .join(', '),
      was(name, 'test'),
      was(name, 'host'),
      was(name, 'compared'),
      reasonOf(runs[name] ?? []),
    ),
  );
  const rest = others.map((name) => cells(`\`${name}\``, insteadOf(name) ?? '**nothing**'));
  return `# Coverage

<!-- Made by npm run docs. -->

Every public function of libvirt 12.8's \`libvirt-api.xml\` and \`libvirt-qemu-api.xml\` has a line here. Of ${functions.size} functions, methods
call ${bound.length}. ${ran.length} of these were run for real by the specs: ${Math.floor((100 * ran.length) / bound.length)} %.

- **since**: the first libvirt that has it. With an older libvirt the method rejects with \`VIR_ERR_NO_SUPPORT\`.
- **test driver**: the specs have called it on \`test:///default\`, in this process or behind a libvirtd, and it has succeeded.
- **host**: the same on a real libvirtd with QEMU and the drivers for networks, storage, devices, secrets and filters.
- **compared**: its answer was compared with that of libvirt's Python binding.
- **else**: \`refused\`: it has reached libvirt, and no driver here has it or can do it.

## Functions with a method

${table(['function', 'since', 'method', 'test driver', 'host', 'compared', 'else'], rows)}

## Functions without a method

${table(['function', 'instead'], rest)}

## Functions with code of their own

The addon calls all functions by their types. These need code of their own:

${table(
  ['function', 'why'],
  Object.entries(odd).map(([name, why]) => cells(`\`${name}\``, why)),
)}
`;
}

/** Writes the page; with `check` it only fails where it is out of date. */
export async function writeCoverage(check) {
  const path = join(root, 'docs/coverage.md');
  const options = { ...(await prettier.resolveConfig(path)), parser: 'markdown' };
  const page = await prettier.format(coveragePage(), options);
  if (!check) writeFileSync(path, page);
  if (check && page !== readFileSync(path, 'utf8')) {
    console.error('docs/coverage.md is not what lib/ says; run `npm run docs`');
    process.exitCode = 1;
  }
}

/** Takes from a file where each function was run, in place of what was known before. */
export async function takeRuns(file) {
  const runs = {};
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [name, where] = line.split(' ');
    if (where !== undefined && !runs[name]?.includes(where))
      runs[name] = [...(runs[name] ?? []), where].sort();
  }
  const sorted = Object.fromEntries(Object.entries(runs).sort(([a], [b]) => (a < b ? -1 : 1)));
  const path = join(root, 'scripts/docs/runs.json');
  const options = { ...(await prettier.resolveConfig(path)), parser: 'json' };
  writeFileSync(path, await prettier.format(JSON.stringify(sorted), options));
}

const reasonOf = (runs) =>
  runs.includes('test') || runs.includes('host') ? '' : runs.includes('refused') ? 'refused' : 'not run';

const cells = (...values) => `| ${values.join(' | ')} |`;
const table = (heads, rows) => [cells(...heads), cells(...heads.map(() => '---')), ...rows].join('\n');
