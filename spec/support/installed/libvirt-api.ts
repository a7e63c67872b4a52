import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The enumerations of libvirt's description of its API: the numbers of the names. */
export interface LibvirtApi {
  readonly path: string;
  /** Of the newest thing that is in it; null in old descriptions, which have no versions. */
  readonly version: readonly number[] | null;
  readonly enumerations: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** The names of its functions, with those for QEMU. */
  readonly functions: readonly string[];
}

/** The description of the installed libvirt, or the one that RXVIRT_LIBVIRT_API names. Undefined when there is none. */
export function libvirtApi(): LibvirtApi | undefined {
  const path = process.env['RXVIRT_LIBVIRT_API'] ?? installedPath();
  if (!existsSync(path)) return undefined;
  const qemu = join(dirname(path), 'libvirt-qemu-api.xml');
  const xml = [path, qemu]
    .filter(existsSync)
    .map((each) => readFileSync(each, 'utf8'))
    .join('\n');
  const functions = Array.from(xml.matchAll(/<function name='(\w+)'/g), ([, name]) => String(name));
  return { path, version: newestVersion(xml), enumerations: enumerationsIn(xml), functions };
}

function installedPath(): string {
  try {
    return execFileSync('pkg-config', ['--variable=libvirt_api', 'libvirt'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function newestVersion(xml: string): readonly number[] | null {
  const versions = Array.from(xml.matchAll(/ version='(\d+)\.(\d+)\.(\d+)'/g), (found) =>
    found.slice(1).map(Number),
  );
  return versions.sort(compared).at(-1) ?? null;
}

function compared(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

function enumerationsIn(xml: string): Map<string, Map<string, number>> {
  const texts = new Map<string, string>();
  const types = new Map<string, string[]>();
  for (const [, name = '', value = '', type = ''] of xml.matchAll(
    /<enum name='(\w+)'[^>]*? value='([^']*)'[^>]*? type='(\w+)'/g,
  )) {
    texts.set(name, value);
    types.set(type, [...(types.get(type) ?? []), name]);
  }
  const numberOf = (text: string): number => {
    const reference = texts.get(text);
    return reference === undefined ? Number(text) >>> 0 : numberOf(reference);
  };
  return new Map(
    [...types].map(([type, names]) => [
      type,
      new Map(names.map((name) => [name, numberOf(texts.get(name) ?? '')])),
    ]),
  );
}
