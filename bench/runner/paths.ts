// The paths of the benchmark's files. This file runs from dist/bench/runner.
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const root = at('../../../');
export const bench = at('../../../bench/');
export const built = at('../');
export const bin = at('../bin/');
/** Not in `built`: there set-up deletes files without a source. It would follow our links into other checkouts. */
export const checkouts = at('../../checkouts/');
