import {
  concatMap,
  delay,
  from,
  ignoreElements,
  lastValueFrom,
  merge,
  of,
  Subject,
  takeWhile,
  tap,
  timeout,
} from 'rxjs';
import type { Connection } from '../lib/index.js';
import { narrate } from './narrate.js';

const paceMs = 300;
const patienceMs = 10_000;
const steps = ['suspend', 'resume', 'destroy', 'create'] as const;

/** Takes the only domain of the test host through its states and prints the events. Ends when the domain runs again. */
export async function printTour(connection: Connection): Promise<void> {
  const domain = await connection.lookupDomainByName('test');
  console.log(`${connection.uri}: ${steps.join(', ')} ${domain.name}`);

  const registered = new Subject<void>();
  const events = connection.domainEvents('lifecycle', { onRegistered: () => registered.next() });
  const actions = registered.pipe(
    concatMap(() => from(steps)),
    concatMap((step) => of(step).pipe(delay(paceMs))),
    concatMap((step) => domain[step]()),
    ignoreElements(),
  );
  // `actions` is subscribed to first, but starts only when libvirt has registered the stream. So no event is missed.
  const story = merge(actions, events).pipe(
    timeout({ each: patienceMs }),
    takeWhile(({ event }) => event !== 'started', true),
    narrate,
    tap((line) => console.log(line)),
  );
  await lastValueFrom(story);
}
