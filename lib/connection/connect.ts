import { Observable } from 'rxjs';
import { abortOf } from '../calls/abort-of.js';
import { ConnectionClosedError } from '../errors.js';
import { Connection } from './connection.js';
import { redact } from '../errors/redact.js';
import { checkedOpenOptions, wantedUri, type OpenOptions } from './open-options.js';

/**
 * Emits an open connection. Cold: opens it on subscribe, and closes it on unsubscribe. Completes only when
 * the connection is closed by `connection.close()`.
 * @throws {ConnectionClosedError} on the error path when the connection is lost. When it can't be opened, the
 *   errors are those of {@link Connection.open}.
 */
export function connect(uri?: string, options: OpenOptions = {}): Observable<Connection> {
  return openOnSubscribe(uri, options, '; subscribe again to reopen it');
}

/**
 * Does what {@link connect} does.
 * @param advice What the message about a loss says at its end; empty where nothing has to be done.
 */
export function openOnSubscribe(
  uri: string | undefined,
  options: OpenOptions,
  advice: string,
): Observable<Connection> {
  return new Observable<Connection>((subscriber) => {
    const checked = checkedOpenOptions(options);
    const wanted = wantedUri(uri, checked.allow);
    const abandon = new AbortController();
    const aborting = abortOf(checked.signal).subscribe({
      error: (reason: unknown) => {
        abandon.abort(reason);
      },
    });
    let opened: Connection | undefined;
    const opening = Connection.open(wanted, { ...checked, signal: abandon.signal }).finally(() => {
      aborting.unsubscribe();
    });
    opening.then(
      (connection) => {
        if (subscriber.closed) {
          void connection.close();
          return;
        }
        opened = connection;
        connection.closed.subscribe(({ reason }) => {
          if (reason === 'client') {
            subscriber.complete();
            return;
          }
          const message = `the connection to ${redact(connection.uri)} was lost (${reason})${advice}`;
          const { receivedUntil } = Connection.stateOf(connection);
          subscriber.error(new ConnectionClosedError(reason, message, { receivedUntil }));
        });
        subscriber.next(connection);
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      abandon.abort();
      void opened?.close();
    };
  });
}
