import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const directory = join(
  execFileSync('pkg-config', ['--variable=includedir', 'libvirt'], { encoding: 'utf8' }).trim(),
  'libvirt',
);

/** An enumeration from one of the installed libvirt's headers. The keys are its numbers, the values its names. */
export function libvirtEnum(header: string, name: string): ReadonlyMap<number, string> {
  const found = enumIn(libvirtHeader(header), name);
  if (found === undefined) throw new Error(`${header} has no enum ${name}`);
  return found;
}

/** An enumeration from any of the installed libvirt's headers. Undefined when no header has it. */
export function findLibvirtEnum(name: string): ReadonlyMap<number, string> | undefined {
  return enumIn(libvirtHeaders(), name);
}

/** One of the installed libvirt's headers. */
export function libvirtHeader(name: string): string {
  return readFileSync(join(directory, name), 'utf8');
}

/** All of the installed libvirt's headers, one after the other. */
export function libvirtHeaders(): string {
  return readdirSync(directory).map(libvirtHeader).join('\n');
}

function enumIn(headers: string, name: string): ReadonlyMap<number, string> | undefined {
  const text = headers
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/^# *ifdef VIR_ENUM_SENTINELS.*?^# *endif/gms, '');
  const body = new RegExp(`typedef enum \\{([^}]*)\\} ${name};`).exec(text)?.[1];
  if (body === undefined) return undefined;
  const names = new Map<number, string>();
  let next = 0;
  for (const [, word = '', number] of body.matchAll(/^\s*(VIR_\w+)(?:\s*=\s*(\d+))?,?\s*$/gm)) {
    if (number !== undefined) next = Number(number);
    names.set(next++, word);
  }
  return names;
}
