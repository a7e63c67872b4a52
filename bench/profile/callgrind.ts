// Counts instructions per event with callgrind. It subtracts a short run from a long one, so the start and most of V8's
// compiling don't count. Unlike times, the counts are the same on a busy machine.
import { join } from 'node:path';
import { short, table } from '../runner/markdown.js';
import type { PeerName } from '../runner/model.js';
import { runToEnd } from '../runner/process.js';
import { runScenario, type Profiling } from './scenario.js';

const PEERS: PeerName[] = ['rxvirt', 'c'];
const SHOWN = 20;

interface Counts {
  byFunction: Map<string, number>;
  byObject: Map<string, number>;
}

export async function callgrind(profiling: Profiling, folder: string): Promise<string> {
  const { count } = profiling;
  const perUnit = new Map<PeerName, Counts>();
  for (const name of PEERS) {
    const small = await counts(name, { ...profiling, count: count / 4 }, join(folder, `${name}.small`));
    const large = await counts(name, profiling, join(folder, `${name}.large`));
    perUnit.set(name, {
      byFunction: difference(large.byFunction, small.byFunction, count * 0.75),
      byObject: difference(large.byObject, small.byObject, count * 0.75),
    });
  }
  const objects = new Set([...perUnit.values()].flatMap(({ byObject }) => [...byObject.keys()]));
  const of = (name: PeerName, object: string): number => perUnit.get(name)?.byObject.get(object) ?? 0;
  const total = (name: PeerName): number => [...objects].reduce((sum, object) => sum + of(name, object), 0);
  const objectRows = [...objects]
    .sort((a, b) => of('rxvirt', b) - of('rxvirt', a))
    .slice(0, SHOWN / 2)
    .map((object) => [`\`${object}\``, ...PEERS.map((name) => short(of(name, object)))]);
  const sums = ['**all**', ...PEERS.map((name) => `**${short(total(name))}**`)];
  const header = [`instructions per ${profiling.scenario.unit}`, ...PEERS.map((name) => `\`${name}\``)];
  return [table(header, [...objectRows, sums]), ...PEERS.map((name) => top(name, perUnit.get(name)))].join(
    '\n\n',
  );
}

function top(name: PeerName, counts: Counts | undefined): string {
  const rows = [...(counts?.byFunction ?? [])]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([what, instructions]) => [`\`${what.replaceAll('|', '/')}\``, short(instructions)]);
  return table([`\`${name}\``, 'instructions'], rows);
}

function difference(
  large: Map<string, number>,
  small: Map<string, number>,
  count: number,
): Map<string, number> {
  return new Map([...large].map(([key, value]) => [key, (value - (small.get(key) ?? 0)) / count]));
}

async function counts(name: PeerName, profiling: Profiling, file: string): Promise<Counts> {
  const wrapper = ['valgrind', '--quiet', '--tool=callgrind', `--callgrind-out-file=${file}`];
  await runScenario(name, { ...profiling, wrapper });
  const { stdout } = await runToEnd(['callgrind_annotate', '--threshold=100', '--show-percs=no', file]);
  const byFunction = new Map<string, number>();
  const byObject = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, value: number): void => {
    to.set(key, (to.get(key) ?? 0) + value);
  };
  // A line is "  1,234  file:function [object]". Inlined parts have no object.
  for (const line of stdout.split('\n')) {
    const [, number = '', what = '', path = ''] =
      /^\s*([\d,]+)\s+\S*?:(\S.*?)(?: \[(.*)\])?$/.exec(line) ?? [];
    if (!number || what === 'PROGRAM TOTALS') continue;
    const instructions = Number(number.replaceAll(',', ''));
    const object = path === '???' ? '(compiled by V8, or unnamed)' : (path.split('/').at(-1) ?? '');
    add(byObject, object || '(inlined parts)', instructions);
    add(byFunction, path === '???' ? object : what, instructions);
  }
  return { byFunction, byObject };
}
