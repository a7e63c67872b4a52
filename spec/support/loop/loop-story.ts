import { expect } from 'chai';
import { NEVER, Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { HandleCallback, TimeoutCallback } from '../../../lib/loop/event-impl.js';
import { RxEventImpl, type RxEventImplOptions } from '../../../lib/loop/rx-event-impl.js';
import { marksOf, rowOf, rowsOf, type Mark } from './diagram.js';

/** The action that a letter of the `do` row stands for. */
export type Action = (libvirt: Libvirt) => void;

/**
 * Plays a diagram on an `RxEventImpl` in virtual time, without the addon and libvirt, and compares the results.
 *
 * Each line has a name and a row. One character of a row is one millisecond. Characters in brackets happen together, in
 * the millisecond of the opening bracket. In a `-`, nothing happens. These rows are the input:
 * - `do`: what libvirt does. Each letter is the name of one of `actions`.
 * - `turns`: turns of the loop.
 * - `fd 5`: what file descriptor 5 is ready for, as a mask. `|` completes its source, and `#` is an error of its
 *   source.
 *
 * These rows are the output. It has to happen at exactly these times, and at no other:
 * - the name of a watch or timeout: its calls. A call of a timeout is `x`. A call of a watch is the mask that it got.
 * - `freed`: the first letter of the name of a watch or timeout, when its opaque is freed. `!` if that happens within a
 *   removal, while libvirt still holds its lock.
 * - `polled 5`, which may be left out: `^` when the source of file descriptor 5 is subscribed to, `!` when it is
 *   unsubscribed.
 *
 * Within a millisecond `do` comes first, then readiness and turns, then timers, then frees.
 */
export function loopStory(
  diagram: string,
  actions: Readonly<Record<string, Action>>,
  options: Pick<RxEventImplOptions, 'logger'> = {},
): void {
  const rows = rowsOf(diagram);
  const length = Math.max(...[...rows.values()].map((row) => row.length));
  const marks = new Map<string, Mark[]>();
  const scheduler = new TestScheduler(() => undefined);
  const record = (name: string, mark: string): void => {
    marks.set(name, [...(marks.get(name) ?? []), { frame: scheduler.frame, mark }]);
  };
  scheduler.run(({ hot }) => {
    // Timers never end, but the diagram does.
    scheduler.maxFrames = length - 1;
    const readiness = new Map<number, Observable<number>>();
    for (const [name, row] of rows) {
      const fd = /^fd (\d+)$/.exec(name)?.[1];
      if (fd !== undefined)
        readiness.set(
          Number(fd),
          polled(hot(row, masks), (mark) => record(`polled ${fd}`, mark)),
        );
    }
    const loop = new RxEventImpl({
      ...options,
      scheduler,
      turns: hot(rows.get('turns') ?? '-'),
      fromFd: (fd) => readiness.get(fd) ?? NEVER,
    });
    const libvirt = new Libvirt(loop, record);
    for (const { frame, mark } of marksOf(rows.get('do') ?? '-')) {
      const action = actions[mark];
      if (action === undefined) throw new Error(`the diagram does '${mark}', which is not among the actions`);
      scheduler.schedule(() => {
        action(libvirt);
      }, frame);
    }
  });
  for (const [name, row] of rows) {
    if (/^(do|turns|fd \d+)$/.test(name)) continue;
    expect(rowOf(marks.get(name) ?? [], length), name).to.equal(row);
  }
  const untold = [...marks.keys()].filter((name) => !rows.has(name) && !name.startsWith('polled'));
  expect(untold, 'happened, but has no row in the diagram').to.deep.equal([]);
}

const masks = Object.fromEntries(Array.from({ length: 16 }, (_, mask) => [mask.toString(16), mask]));

function polled(source: Observable<number>, record: (mark: '^' | '!') => void): Observable<number> {
  return new Observable((subscriber) => {
    record('^');
    const subscription = source.subscribe(subscriber);
    return () => {
      record('!');
      subscription.unsubscribe();
    };
  });
}

/** Plays the role of libvirt: adds, updates and removes watches and timeouts by name, and checks their calls. */
export class Libvirt {
  readonly #record: (name: string, mark: string) => void;
  readonly #ids = new Map<string, { readonly kind: 'watch' | 'timeout'; readonly id: number }>();
  #isInRemove = false;

  constructor(
    readonly loop: RxEventImpl,
    record: (name: string, mark: string) => void,
  ) {
    this.#record = record;
  }

  /** Adds a timeout; `onCall` is what its callback does. */
  timeout(name: string, frequency: number, onCall: () => void = () => undefined): void {
    const opaque = { name };
    const callback: TimeoutCallback = (...told) => {
      this.#record(name, 'x');
      expect(told, `what the callback of ${name} is told`).to.deep.equal([this.id(name), opaque]);
      onCall();
    };
    this.#ids.set(name, {
      kind: 'timeout',
      id: this.loop.addTimeout(frequency, callback, opaque, this.#free),
    });
  }

  /** Adds a watch; `onCall` is what its callback does, `onFree` what its free callback does. */
  watch(name: string, fd: number, events: number, onCall: () => void = () => undefined): void {
    const opaque = { name };
    const callback: HandleCallback = (watch, toldFd, ready, toldOpaque) => {
      this.#record(name, ready.toString(16));
      const told = [watch, toldFd, toldOpaque];
      expect(told, `what the callback of ${name} is told`).to.deep.equal([this.id(name), fd, opaque]);
      onCall();
    };
    this.#ids.set(name, { kind: 'watch', id: this.loop.addHandle(fd, events, callback, opaque, this.#free) });
  }

  id(name: string): number {
    return this.#source(name).id;
  }

  /** Changes the mask of a watch or the frequency of a timeout. */
  update(name: string, wanted: number): void {
    const { kind, id } = this.#source(name);
    if (kind === 'watch') this.loop.updateHandle(id, wanted);
    else this.loop.updateTimeout(id, wanted);
  }

  remove(name: string): 0 | -1 {
    const { kind, id } = this.#source(name);
    this.#isInRemove = true;
    const status = kind === 'watch' ? this.loop.removeHandle(id) : this.loop.removeTimeout(id);
    this.#isInRemove = false;
    return status;
  }

  readonly #free = (opaque: unknown): void => {
    const { name } = opaque as { name: string };
    // This is not an assertion, because an error that a free callback throws is only logged.
    this.#record('freed', this.#isInRemove ? '!' : name.charAt(0));
    this.onFree(name);
  };

  /** Called by each free callback, in addition to the record. */
  onFree: (name: string) => void = () => undefined;

  #source(name: string): { readonly kind: 'watch' | 'timeout'; readonly id: number } {
    const source = this.#ids.get(name);
    if (source === undefined) throw new Error(`nothing named ${name} was added`);
    return source;
  }
}
