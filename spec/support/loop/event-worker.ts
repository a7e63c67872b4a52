import { Worker } from 'node:worker_threads';

/**
 * Starts a worker that runs a program with the library's `event`. The program is JavaScript; it also has `parentPort`
 * and `workerData`.
 */
export function eventWorker(program: string, workerData?: unknown): Worker {
  const library = JSON.stringify(new URL('../../../lib/index.js', import.meta.url).href);
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(${library}).then(({ event }) => {
      ${program};
    });`;
  return new Worker(source, { eval: true, workerData });
}
