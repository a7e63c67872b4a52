import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The path of a file of this project. */
export const inRoot = (path: string): string => join(root, path);

/** The directory of the Node whose headers the addon was compiled with. */
export async function nodeDirectory(): Promise<string> {
  const config = await readFile(inRoot('build/config.gypi'), 'utf8');
  const directory = /"nodedir": "([^"]*)"/.exec(config)?.[1];
  if (directory === undefined) throw new Error('build/config.gypi names no nodedir');
  return directory;
}
