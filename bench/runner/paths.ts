// Where things are; this file runs from dist/bench/runner.
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const root = at('../../../');
export const bench = at('../../../bench/');
export const built = at('../');
export const bin = at('../bin/');
