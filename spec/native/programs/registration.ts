import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Connection, event, EventImpl, RxEventImpl } from '../../../lib/index.js';
import { registerForeignLoop } from '../spec-native.js';

interface Outcome {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
}

async function outcomeOf(act: () => unknown): Promise<Outcome | 'done'> {
  try {
    await act();
    return 'done';
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    return { name, message, ...(code !== undefined && { code }) };
  }
}

const register = (impl = new RxEventImpl()) => outcomeOf(() => event.register(impl));
const registerDefault = () => outcomeOf(() => event.registerDefault());
const open = () => outcomeOf(async () => (await Connection.open('test:///default')).close());
const addTimeout = () => outcomeOf(() => event.removeTimeout(event.addTimeout(-1, () => {})));

// The named case in a worker: what it answers, once it has ended.
async function inWorker(name: string): Promise<unknown> {
  const worker = new Worker(new URL(import.meta.url), { workerData: name });
  // Together: a worker's last message and its end can come in one turn.
  const [[outcome]] = await Promise.all([
    once(worker, 'message') as Promise<[unknown]>,
    once(worker, 'exit'),
  ]);
  return outcome;
}

const cases: Record<string, () => Promise<unknown>> = {
  'no loop': () => outcomeOf(() => event.register(JSON.parse('{}') as EventImpl)),
  'half a loop': () => outcomeOf(() => event.register(Object.create(EventImpl.prototype) as EventImpl)),
  'same again': async () => {
    const impl = new RxEventImpl();
    return [await register(impl), await register(impl)];
  },
  'second of ours': async () => [await register(), await register(), await registerDefault()],
  'after a connection': async () => {
    const connection = await Connection.open('test:///default');
    const outcomes = [
      await register(),
      await registerDefault(),
      await register(RxEventImpl.shared),
      await addTimeout(),
    ];
    await connection.close();
    return outcomes;
  },
  'after the default loop': async () => [await registerDefault(), await registerDefault(), await register()],
  'beside foreign code': async () => {
    registerForeignLoop();
    return [await register(), await registerDefault(), await addTimeout(), await open()];
  },
  'foreign code second': async () => {
    const first = await register();
    registerForeignLoop();
    return [first, await addTimeout(), await open()];
  },
  'from a worker': async () => [await register(), await inWorker('register'), await addTimeout()],
  'while a worker holds it': async () => [await inWorker('register'), await register(), await open()],
  register: () => register(),
};

const run = cases[isMainThread ? (process.argv[2] ?? '') : String(workerData)];
const outcome = await run?.();
if (isMainThread) process.stdout.write(JSON.stringify(outcome));
else parentPort?.postMessage(outcome);
