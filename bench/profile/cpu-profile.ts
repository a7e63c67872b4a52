// Shows how much time each JavaScript function takes itself, without the functions that it calls (`node --cpu-prof`).
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { table } from '../runner/markdown.js';
import { runScenario, type Profiling } from './scenario.js';

interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const SHOWN = 20;

export async function cpuProfile(profiling: Profiling, folder: string): Promise<string> {
  await runScenario('rxvirt', { ...profiling, nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`] });
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (!file) throw new Error('node wrote no profile');
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, place(callFrame)]));
  const selfUs = new Map<string, number>();
  profile.samples.forEach((id, i) => {
    const name = names.get(id) ?? '?';
    if (name !== '(idle)') selfUs.set(name, (selfUs.get(name) ?? 0) + (profile.timeDeltas[i] ?? 0));
  });
  const total = [...selfUs.values()].reduce((sum, us) => sum + us, 0);
  const rows = [...selfUs]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([name, us]) => [
      `\`${name}\``,
      `${((100 * us) / total).toFixed(1)} %`,
      (us / profiling.count).toFixed(3),
    ]);
  return table(['own time', 'share', `µs/${profiling.scenario.unit}`], rows);
}

function place({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName || '(anonymous)';
  return url ? `${name} ${basename(url)}:${lineNumber + 1}` : name;
}
