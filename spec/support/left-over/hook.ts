// Loaded by .mocharc.json. Checks after each spec file that nothing is left of what it has used.
import { relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RootHookObject, Suite } from 'mocha';
import { inUse } from '../../../lib/native.js';
import { openFiles } from './open-files.js';

// What ends by itself takes some turns of the loop, and longer on a busy machine.
const limitMs = 10_000;

/** What was left before the file. A fault is told only once. */
let filesBefore: ReadonlySet<string> = new Set();
let leftBefore: Readonly<Record<string, number>> = {};

export const mochaHooks: RootHookObject = {
  beforeAll(this: Mocha.Context) {
    filesBefore = openFiles();
    for (const suite of this.test?.parent?.suites ?? []) checkAfter(suite);
  },
};

// The hooks of a suite run in the order in which they were added. So this one runs when the file has cleaned up.
function checkAfter(suite: Suite): void {
  suite.afterAll('nothing should be left', async function () {
    this.timeout(2 * limitMs);
    const end = performance.now() + limitMs;
    while (leftOver().length > 0 && performance.now() < end) await delay(5);
    const left = leftOver();
    filesBefore = openFiles();
    leftBefore = inUse() ?? {};
    if (left.length > 0) throw new Error(`${relative('', suite.file ?? '')} has left: ${left.join(', ')}`);
  });
}

function leftOver(): string[] {
  const gauges = Object.entries(inUse() ?? {}).filter(([name, count]) => count > (leftBefore[name] ?? 0));
  const files = [...openFiles()].filter((file) => !filesBefore.has(file));
  return [...gauges.map(([name, count]) => `${name}: ${count}`), ...files.map((file) => `open: ${file}`)];
}
