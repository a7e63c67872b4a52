import { map, mergeMap, Subject, throwError, timer, type Observable } from 'rxjs';
import type { Step } from '../../../lib/hosts/connector.js';
import { Delays } from '../../../lib/hosts/delays.js';
import { LiveState } from '../../../lib/hosts/live-state.js';
import { Places } from '../../../lib/hosts/position.js';
import type { Reader } from '../../../lib/hosts/reflector.js';
import type { Change, FromHost } from '../../../lib/index.js';
import { story } from './story.js';

export interface Snapshot {
  readonly name: string;
  readonly state: string;
}

/** A host whose objects the spec changes. A reading takes 2 ms, and finds what was there when it began. */
class World {
  readonly objects = new Map<string, string>();
  readonly calls: string[] = [];
  readonly marks = new Subject<string>();
  readonly losses = new Subject<number>();
  failures = 0;

  /** Objects as text: `a=1 b=2`. A name without a value is removed. */
  set(objects: string): void {
    for (const [name = '', state] of objects.split(' ').map((each) => each.split('='))) {
      if (state === undefined) this.objects.delete(name);
      else this.objects.set(name, state);
    }
  }

  readonly reader: Reader<Snapshot> = {
    marks: (onRegistered) => {
      onRegistered();
      return this.marks;
    },
    losses: this.losses,
    list: () => this.#read('list', [...this.objects.keys()]),
    fetch: (keys) => this.#read(`fetch ${keys.join(' ')}`, keys),
  };

  #read(what: string, names: readonly string[]): Observable<ReadonlyMap<string, Snapshot>> {
    this.calls.push(what);
    if (this.failures-- > 0) return timer(2).pipe(mergeMap(() => throwError(() => new Error('busy'))));
    const found = names.flatMap((name): [string, Snapshot][] => {
      const state = this.objects.get(name);
      return state === undefined ? [] : [[name, { name, state }]];
    });
    return timer(2).pipe(map(() => new Map(found)));
  }
}

const connected = (epoch: number): Step<string> => ({
  status: { state: 'connected', epoch, since: 0 },
  connection: 'any',
});
const lost: Step<string> = { status: { state: 'lost', epoch: 1, reason: 'error', from: 0, time: 0 } };

interface Play {
  readonly world: World;
  readonly live: LiveState<string, Snapshot>;
}

/**
 * What the live state tells in virtual time.
 * @param deeds What happens at which millisecond.
 */
export function play(
  deeds: Readonly<Record<number, (play: Play) => void>>,
  {
    steps = 'c',
    resyncMs,
    watched = 'changes',
  }: { steps?: string; resyncMs?: number; watched?: 'changes' | 'objects' } = {},
): { told: string[]; calls: string[] } {
  const world = new World();
  world.set('a=1 b=1');
  const told = story(
    ({ cold }) => {
      const live = new LiveState<string, Snapshot>({
        steps: cold(steps, { c: connected(1), l: lost, d: connected(2) }),
        readerOf: () => world.reader,
        places: new Places('h'),
        delays: new Delays({ initialDelay: 3 }, () => 1),
        onTrouble: () => undefined,
        resyncMs,
        random: () => 0.5,
      });
      for (const [ms, deed] of Object.entries(deeds)) {
        timer(Number(ms)).subscribe(() => {
          deed({ world, live });
        });
      }
      return watched === 'changes'
        ? live.changes.pipe(map(inShort))
        : live.objects.pipe(
            map((objects) =>
              [...objects.values()]
                .map(({ name, state }) => `${name}=${state}`)
                .sort()
                .join(' '),
            ),
          );
    },
    60,
    (line) => line,
  );
  return { told, calls: world.calls };
}

export function inShort(change: FromHost<Change<Snapshot>>): string {
  const { position, synthetic } = change;
  const before = change.type === 'added' ? '' : change.before.state;
  const after = change.type === 'removed' ? '' : change.after.state;
  const { name } = change.type === 'removed' ? change.before : change.after;
  return `${change.type} ${name} ${before}>${after} ${position.epoch}.${position.seq}${synthetic ? ' synthetic' : ''}`;
}
