import { closeReason, type CloseReason } from '../errors/close-info.js';
import { ensureRegistered } from '../event/registration.js';
import { addRoute, eventAddon, removeRoute } from '../events/event-routes.js';
import type { ConnectionHandle } from '../native.js';
import { abortable } from './abortable.js';
import { checkOpenOptions, keepAliveDefaults, type OpenOptions } from './open-options.js';

/** What libvirt has opened. */
export interface OpenedConnection {
  readonly handle: ConnectionHandle;
  /** The URI as libvirt completed it. */
  readonly uri: string;
  /** The route by which libvirt tells that the connection is lost; to be removed when it is closed. */
  readonly closeToken: number;
  /** Has `lose` called when the connection is lost: at once when it is lost already. */
  readonly whenLost: (lose: (reason: CloseReason) => void) => void;
}

/** Opens a connection off the JavaScript thread; see `Connection.open`. */
export async function openConnection(
  uri: string | undefined,
  options: OpenOptions,
): Promise<OpenedConnection> {
  checkOpenOptions(uri, options);
  const { readOnly = false, keepAlive, signal } = options;
  signal?.throwIfAborted();
  ensureRegistered();
  const addon = eventAddon();
  let lostBefore: CloseReason | undefined;
  let onLost = (reason: CloseReason): void => void (lostBefore = reason);
  const closeToken = addRoute((payload) => {
    onLost(closeReason(payload.number()));
  });
  const opening = addon.openConnection(
    uri ?? null,
    readOnly,
    closeToken,
    keepAlive?.interval ?? null,
    keepAlive?.count ?? keepAliveDefaults.count,
  );
  opening.catch(() => {
    removeRoute(closeToken);
  });
  const opened = await abortable(opening, signal, (late) => {
    removeRoute(closeToken);
    return addon.closeConnection(late.handle);
  });
  const whenLost: OpenedConnection['whenLost'] = (lose) => {
    onLost = lose;
    if (lostBefore !== undefined) lose(lostBefore);
  };
  return { ...opened, closeToken, whenLost };
}
