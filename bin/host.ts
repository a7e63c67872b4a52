import { fromEvent, lastValueFrom, merge, take, takeUntil, tap } from 'rxjs';
import type { Connection } from '../lib/index.js';
import { narrate } from './narrate.js';

// Listens for one signal only. After that, a second signal ends the process at once, as usual.
const interrupted = merge(fromEvent(process, 'SIGINT'), fromEvent(process, 'SIGTERM')).pipe(take(1));

/** Prints a host's lifecycle events until a signal; fails when the connection is lost. */
export async function printHost(connection: Connection): Promise<void> {
  console.log(`${connection.uri}: watching; Ctrl-C ends it`);
  const lines = connection.domainEvents('lifecycle').pipe(
    narrate,
    tap((line) => console.log(line)),
    takeUntil(interrupted),
  );
  await lastValueFrom(lines, { defaultValue: null });
}
