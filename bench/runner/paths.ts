// Where things are; this file runs from dist/bench/runner.
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const root = at('../../../');
export const bench = at('../../../bench/');
export const built = at('../');
export const bin = at('../bin/');
/** Not in `built`: set-up deletes there what has no source, and would follow our links into other checkouts. */
export const checkouts = at('../../checkouts/');
