import { concatMap, map, NEVER, Observable, take } from 'rxjs';
import { getSystemErrorName } from 'node:util';
import { EventLoopError } from '../errors.js';
import { native } from '../native.js';
import { receivers } from '../native/receivers.js';
import { checkInteger } from '../arguments.js';
import { ALWAYS_REPORTED, HANDLE_READABLE, HANDLE_WRITABLE } from './constants.js';
import { loopTurns } from './loop-turns.js';

const EPERM = 1;
const ENOMEM = 12;
const allEvents = HANDLE_READABLE | HANDLE_WRITABLE | ALWAYS_REPORTED;

/**
 * Emits a mask of what `fd` is ready for, again and again while it is ready. Never completes. Cold: polls
 * while subscribed. Any number of subscribers may watch the same descriptor, each with its own mask. A
 * regular file counts as always ready and emits on every turn of the loop. Where the addon finds no memory for the
 * watch, it tries again in each turn.
 * @param fd An open file descriptor. It is never read, written or closed here. Unsubscribe before you close
 *   it.
 * @param events Mask of `event.HANDLE_READABLE` and `event.HANDLE_WRITABLE`. Errors and hang-ups are always
 *   emitted, unless the mask is 0. With 0 nothing is emitted.
 * @throws {EventLoopError} on the error path, with code `'EBADF'` when `fd` is not open.
 * @throws {TypeError | RangeError} on the error path, for invalid arguments.
 */
export function fromFd(fd: number, events: number): Observable<number> {
  if (events === 0) return NEVER;
  return new Observable<number>((subscriber) => {
    checkInteger('fd', fd, -0x80000000, 0x7fffffff);
    checkInteger('events', events, 0, allEvents);
    const { pollFd, unpollFd } = native();
    const token = pollFd(fd, events);
    if (token > 0) {
      receivers.ready.set(token, subscriber);
      return () => {
        receivers.ready.delete(token);
        unpollFd(token);
      };
    }
    if (token === -EPERM) {
      const always = events & (HANDLE_READABLE | HANDLE_WRITABLE);
      return (always === 0 ? NEVER : loopTurns.pipe(map(() => always))).subscribe(subscriber);
    }
    // A mask is changed by leaving and watching again. So an error here would silence a watch for ever.
    if (token === -ENOMEM)
      return loopTurns
        .pipe(
          take(1),
          concatMap(() => fromFd(fd, events)),
        )
        .subscribe(subscriber);
    const code = getSystemErrorName(token);
    subscriber.error(new EventLoopError(code, `file descriptor ${fd} can't be watched: ${code}`));
    return undefined;
  });
}
