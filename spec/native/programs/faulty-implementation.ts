import { Writable } from 'node:stream';
import winston from 'winston';
import { event, EventImpl, EventLoopError, setLogger } from '../../../lib/index.js';
import { native } from '../../../lib/native.js';
import { turns, until } from '../recorded-source.js';
import { specNative } from '../spec-native.js';

// Says what it is told to say, whatever it is asked.
class FaultyImpl extends EventImpl {
  readonly #answer: () => unknown;
  constructor(answer: () => unknown) {
    super();
    this.#answer = answer;
  }
  override addHandle(): number {
    return this.#answer() as number;
  }
  override addTimeout(): number {
    return this.#answer() as number;
  }
  override updateHandle(): void {
    throw new Error('no update of watches here');
  }
  override updateTimeout(): void {
    throw new Error('no update of timeouts here');
  }
  override removeHandle(): 0 | -1 {
    throw new Error('no removal of watches here');
  }
  override removeTimeout(): 0 | -1 {
    return -1;
  }
}

let lastId = 0;
const answers: Record<string, () => unknown> = {
  'new-ids': () => ++lastId,
  throws: () => {
    throw new Error('not today');
  },
  'throws-null': () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what users' code can do
    throw null;
  },
  NaN: () => NaN,
  '-1': () => -1,
  0: () => 0,
  1.5: () => 1.5,
  string: () => '7',
  undefined: () => undefined,
  'same-id': () => 7,
};

const lines: string[] = [];
const sink = new Writable({
  write(line: Buffer, _, done) {
    lines.push(line.toString().trim());
    done();
  },
});
setLogger(
  winston.createLogger({
    level: 'debug',
    format: winston.format.printf(({ level, message }) => `${level} ${String(message)}`),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston's Stream is one; its types come through a namespace
    transports: [new winston.transports.Stream({ stream: sink })],
  }),
);

function attempt(add: () => number): string {
  try {
    return add() > 0 ? 'added' : 'no id';
  } catch (error) {
    return error instanceof EventLoopError ? `EventLoopError ${error.code}` : String(error);
  }
}

event.register(new FaultyImpl(answers[process.argv[2] ?? ''] ?? (() => 0)));
const [fd] = specNative.pipe();
const outcomes = [
  attempt(() => event.addHandle(fd, event.HANDLE_READABLE, () => {})),
  attempt(() => event.addHandle(fd, event.HANDLE_READABLE, () => {})),
  attempt(() => event.addTimeout(5, () => {})),
  attempt(() => event.addTimeout(5, () => {})),
];

// C code on another thread has its ids before anybody can be asked; it is answered by silence, and freed.
const sources = [0, 1].map((kind) => specNative.addSource(kind as 0 | 1, fd, 1, true));
await turns(3);
for (const source of sources) specNative.updateSource(source, 0, true);
await turns(3);
const removals = sources.map((source) => specNative.removeSource(source, true));
const freed = new Set<number>();
await until(() => {
  for (const { what, source } of specNative.takeEntries()) if (what === 'free') freed.add(source);
  return freed.size === sources.length;
});
const { adds, frees } = native().bridgeCounts();
process.stdout.write(JSON.stringify({ outcomes, removals, registered: adds - frees, lines }));
