import { withAttempt } from '../errors.js';
import { closeReason, type Loss } from '../errors/close-info.js';
import { redact, withoutPassword } from '../errors/redact.js';
import { rememberSecrets } from '../errors/secrets.js';
import { ensureRegistered, releaseLoop } from '../loop/registration.js';
import { addRoute, removeRoute } from '../native/receivers.js';
import { native, type ConnectionHandle } from '../native.js';
import { abortable } from '../calls/abortable.js';
import { answerWith } from './authentication.js';
import { keepAliveDefaults, type OpenOptions } from './open-options.js';

/** A connection that libvirt has opened. */
export interface OpenedConnection {
  readonly handle: ConnectionHandle;
  /** The URI as libvirt completed it, without a password. */
  readonly uri: string;
  /** The URI that opens a further connection to the same host, with the password if there is one. */
  readonly uriToReopen: string;
  /**
   * The route by which libvirt reports that the connection is lost. Remove it when the connection is closed.
   */
  readonly closeToken: number;
  /** Calls `lose` when the connection is lost: at once if it is lost already. */
  readonly whenLost: (lose: (loss: Loss) => void) => void;
}

/**
 * Opens a connection off the JavaScript thread; see `Connection.open`.
 * @param wanted The URI; undefined for libvirt's own default.
 */
export async function openConnection(
  wanted: string | undefined,
  options: OpenOptions,
): Promise<OpenedConnection> {
  const { readOnly = false, keepAlive = keepAliveDefaults, callsAtOnce, auth, signal } = options;
  signal?.throwIfAborted();
  rememberSecrets(wanted ?? '');
  ensureRegistered();
  const addon = native();
  let lostBefore: Loss | undefined;
  let onLost = (loss: Loss): void => void (lostBefore = loss);
  const closeToken = addRoute((payload) => {
    const reason = closeReason(payload.number());
    onLost({ reason, receivedUntil: payload.number() || undefined }); // 0: nobody knows
  });
  const abandon = () => {
    removeRoute(closeToken);
    addon.abandonConnection(closeToken);
    releaseLoop();
  };
  const refusal = auth === undefined ? () => undefined : answerWith(closeToken, auth);
  const opening = addon.openConnection({
    uri: wanted ?? null,
    isReadOnly: readOnly,
    token: closeToken,
    keepAliveIntervalSeconds: keepAlive === false ? 0 : keepAlive.interval,
    keepAliveCount: keepAlive === false ? 0 : keepAlive.count,
    callsAtOnce: callsAtOnce ?? null,
    hasAuth: auth !== undefined,
  });
  opening.catch(abandon);
  const attempt = () => `${wanted ? redact(wanted) : "libvirt's default URI"} can't be opened`;
  const call =
    auth !== undefined ? 'virConnectOpenAuth' : readOnly ? 'virConnectOpenReadOnly' : 'virConnectOpen';
  const waiting = abortable(opening, options, { call, attempt, abandon });
  const opened = await waiting.catch((error: unknown) => {
    throw withAttempt(attempt(), error, refusal());
  });
  rememberSecrets(opened.uri);
  const whenLost: OpenedConnection['whenLost'] = (lose) => {
    onLost = lose;
    if (lostBefore !== undefined) lose(lostBefore);
  };
  const { handle, uri } = opened;
  return { handle, uri: withoutPassword(uri), uriToReopen: wanted ?? uri, closeToken, whenLost };
}
