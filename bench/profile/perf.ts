// Shows how the time of the whole process is divided, by library and by function, for rxvirt and for libvirt's own loop
// (perf).
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../runner/markdown.js';
import type { PeerName } from '../runner/model.js';
import { runToEnd } from '../runner/process.js';
import { runScenario, type Profiling } from './scenario.js';

const PEERS: PeerName[] = ['rxvirt', 'c'];
const SHOWN = 20;

export async function perf(profiling: Profiling, folder: string): Promise<string> {
  if (spawnSync('perf', ['--version']).status !== 0) return 'perf is not installed here.';
  const sections: string[] = [];
  for (const name of PEERS) {
    const file = join(folder, `${name}.perf`);
    const before = perfMaps();
    const wrapper = [
      'perf',
      'record',
      '--quiet',
      '--freq=1999',
      '--event=cpu-clock',
      `--output=${file}`,
      '--',
    ];
    const nodeOptions = name === 'rxvirt' ? ['--perf-basic-prof'] : [];
    await runScenario(name, { ...profiling, wrapper, nodeOptions });
    const byObject = await shares(file, 'dso');
    const byFunction = await shares(file, 'dso,symbol');
    for (const map of perfMaps()) if (!before.has(map)) rmSync(map);
    sections.push(`\`${name}\`, by library and by function:`);
    sections.push(table(['library', 'share'], byObject.slice(0, SHOWN / 2)));
    sections.push(table(['function', 'share'], byFunction.slice(0, SHOWN)));
  }
  return sections.join('\n\n');
}

/** The file in which V8 tells perf the names of its compiled functions. */
function perfMaps(): Set<string> {
  const names = readdirSync('/tmp').filter((name) => /^perf-\d+\.map$/.test(name));
  return new Set(names.map((name) => join('/tmp', name)));
}

async function shares(file: string, sort: string): Promise<string[][]> {
  const options = ['--stdio', '--quiet', '--no-children', '--field-separator=;', `--sort=${sort}`];
  const { stdout } = await runToEnd(['perf', 'report', ...options, `--input=${file}`]);
  return stdout
    .split('\n')
    .filter((line) => line.includes('%'))
    .map((line) => {
      const [share = '', ...what] = line.split(';').map((field) => field.replace(/(\s+-)+\s*$/, '').trim());
      return [`\`${what.filter(Boolean).join(' ').replaceAll('|', '/')}\``, share];
    });
}
