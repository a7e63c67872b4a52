/** Why a connection ended; libvirt's virConnectCloseReason. */
export type CloseReason = 'error' | 'end-of-file' | 'keepalive' | 'client';

/** How a connection ended. */
export interface CloseInfo {
  /**
   * - `'client'`: this program closed it.
   * - `'end-of-file'`: the other side closed it, for example because the daemon was stopped.
   * - `'keepalive'`: the other side no longer answered.
   * - `'error'`: the connection broke.
   */
  readonly reason: CloseReason;
}

/** How a connection was lost. */
export interface Loss {
  readonly reason: CloseReason;
  /** See `ConnectionClosedError.receivedUntil`. */
  readonly receivedUntil: number | undefined;
}

const reasons: readonly CloseReason[] = ['error', 'end-of-file', 'keepalive', 'client'];

/** The reason for libvirt's number. An unknown number counts as an error. */
export function closeReason(number: number): CloseReason {
  return reasons[number] ?? 'error';
}
