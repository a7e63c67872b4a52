import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An enumeration of the installed libvirt, from one of its headers: names by number. */
export function libvirtEnum(header: string, name: string): ReadonlyMap<number, string> {
  const text = readFileSync(join(includeDirectory(), 'libvirt', header), 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/^# *ifdef VIR_ENUM_SENTINELS.*?^# *endif/gms, '');
  const body = new RegExp(`typedef enum \\{([^}]*)\\} ${name};`).exec(text)?.[1];
  if (body === undefined) throw new Error(`${header} has no enum ${name}`);
  const names = new Map<number, string>();
  let next = 0;
  for (const [, word = '', number] of body.matchAll(/^\s*(VIR_\w+)(?:\s*=\s*(\d+))?,?\s*$/gm)) {
    if (number !== undefined) next = Number(number);
    names.set(next++, word);
  }
  return names;
}

function includeDirectory(): string {
  return execFileSync('pkg-config', ['--variable=includedir', 'libvirt'], { encoding: 'utf8' }).trim();
}
