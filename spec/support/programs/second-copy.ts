import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as library from '../../../lib/index.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Evaluates the library's JavaScript a second time in this thread, with the same addon. */
export async function secondCopy(): Promise<typeof library> {
  const copy = mkdtempSync(join(tmpdir(), 'rxvirt-copy-'));
  try {
    cpSync(join(root, 'dist', 'lib'), join(copy, 'dist', 'lib'), { recursive: true });
    for (const shared of ['build', 'node_modules', 'package.json'])
      symlinkSync(join(root, shared), join(copy, shared));
    return (await import(join(copy, 'dist', 'lib', 'index.js'))) as typeof library;
  } finally {
    process.once('exit', () => {
      rmSync(copy, { recursive: true });
    });
  }
}
