import type { CloseReason } from '../errors/close-info.js';

/** What a host does at the moment. All times are milliseconds since 1970. */
export type HostStatus =
  HostConnectingStatus | HostConnectedStatus | HostLostStatus | HostWaitingStatus | HostClosedStatus;

/** A connection is being opened. */
export interface HostConnectingStatus {
  readonly state: 'connecting';
  /** Counts the attempts since a connection has lasted: 1 for the very first one. A loss counts like an attempt. */
  readonly attempt: number;
}

/** A connection is open. */
export interface HostConnectedStatus {
  readonly state: 'connected';
  /** The number of this connection among all that the host has had, from 1. */
  readonly epoch: number;
  readonly since: number;
}

/** The connection has just been lost. */
export interface HostLostStatus {
  readonly state: 'lost';
  /** The number of the connection that was lost. */
  readonly epoch: number;
  /** How it ended; `'client'` when this program has closed it. */
  readonly reason: CloseReason;
  /** Events may be missing from here on: see {@link Gap}. */
  readonly from: number;
  readonly time: number;
}

/** The next attempt comes later. */
export interface HostWaitingStatus {
  readonly state: 'waiting';
  readonly retryAt: number;
  /** Why the last attempt failed, or how the connection was lost. */
  readonly error: unknown;
}

/** There will be no other connection. No status follows this one. */
export interface HostClosedStatus {
  readonly state: 'closed';
  /** Why, if the host was not closed by `close()`: the only attempt has failed, or the connection was lost. */
  readonly error?: unknown;
}
