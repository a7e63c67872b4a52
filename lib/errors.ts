import { errorCodes, errorDomains, errorLevels } from './errors/error-names.js';
import type { CloseReason } from './errors/close-info.js';
import { withoutSecrets } from './errors/secrets.js';

/**
 * libvirt's name of an error number, for example `'VIR_ERR_NO_DOMAIN'`; `'unknown'` when it is newer than
 * this library.
 */
export type LibvirtErrorCode = (typeof errorCodes)[number] | 'unknown';
/** libvirt's name of the part of libvirt that failed, for example `'VIR_FROM_QEMU'`. */
export type LibvirtErrorDomain = (typeof errorDomains)[number] | 'unknown';
/** libvirt's name of an error's level. */
export type LibvirtErrorLevel = (typeof errorLevels)[number] | 'unknown';

/** A virError as the addon hands it over. */
export interface LibvirtErrorFields {
  readonly code: number;
  readonly domain: number;
  readonly level: number;
  readonly message: string;
  readonly call: string;
  /** The connection was closed before the call could be made. */
  readonly isClosed?: boolean;
}

/** An error whose JSON includes its name and message. The JSON of a plain `Error` has neither. */
export abstract class ErrorInJson extends Error {
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
}

/** A libvirt function failed. See virError in libvirt's virterror.h. */
export class LibvirtError extends ErrorInJson {
  override readonly name: string = 'LibvirtError';
  /** What went wrong, by libvirt's name; never parse `message`. */
  readonly code: LibvirtErrorCode;
  readonly codeNumber: number;
  /** The part of libvirt that failed. */
  readonly domain: LibvirtErrorDomain;
  readonly domainNumber: number;
  readonly level: LibvirtErrorLevel;
  readonly levelNumber: number;
  /** The libvirt function that failed, for example `'virDomainCreate'`. */
  readonly call: string;

  constructor(fields: LibvirtErrorFields, options?: ErrorOptions) {
    super(fields.message, options);
    this.code = errorCodes[fields.code] ?? 'unknown';
    this.codeNumber = fields.code;
    this.domain = errorDomains[fields.domain] ?? 'unknown';
    this.domainNumber = fields.domain;
    this.level = errorLevels[fields.level] ?? 'unknown';
    this.levelNumber = fields.level;
    this.call = fields.call;
  }
}

/** The connection is closed, or was lost: `reason` says which. */
export class ConnectionClosedError extends ErrorInJson {
  override readonly name = 'ConnectionClosedError';
  readonly code = 'ERR_CONNECTION_CLOSED';
  /** Why, as in {@link CloseInfo}; `'client'` when this program closed it. */
  readonly reason: CloseReason;
  /**
   * Everything that the other side had sent until then was received: milliseconds since 1970. Over TCP, and by way of a
   * program such as ssh, not what was on its way at that time. Only when the connection was lost, and not with libvirt's
   * own loop (`event.registerDefault`), because nobody knows it there.
   */
  declare readonly receivedUntil?: number;

  constructor(
    reason: CloseReason,
    message: string,
    options: ErrorOptions & { readonly receivedUntil?: number | undefined } = {},
  ) {
    super(message, options);
    this.reason = reason;
    if (options.receivedUntil !== undefined) this.receivedUntil = options.receivedUntil;
  }
}

/** This library, libvirt's client library or the other side doesn't know the kind of event. */
export class UnsupportedEventError extends ErrorInJson {
  override readonly name = 'UnsupportedEventError';
  readonly code = 'ERR_UNSUPPORTED_EVENT';
  readonly category: string;
  readonly type: string;
  /**
   * True when the other side may have such events later: another daemon serves this category for it, and that
   * daemon can't be reached now. The message says what helps: to subscribe again once that daemon runs, or to
   * open a new connection.
   */
  readonly mayPass: boolean;

  constructor(
    category: string,
    type: string,
    message: string,
    options: ErrorOptions & { readonly mayPass?: boolean } = {},
  ) {
    super(message, options);
    this.category = category;
    this.type = type;
    this.mayPass = options.mayPass ?? false;
  }
}

/** A call took longer than its `timeout` option allows. libvirt may still carry it out. */
export class TimeoutError extends ErrorInJson {
  override readonly name = 'TimeoutError';
  readonly code = 'ERR_CALL_TIMEOUT';
  /** The libvirt function that was called, for example `'virConnectOpen'`. */
  readonly call: string;
  /** The time that it had, in milliseconds. */
  readonly timeout: number;

  constructor(call: string, timeout: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.call = call;
    this.timeout = timeout;
  }
}

/** An event loop could not be registered, or a watch or timeout was refused. */
export class EventLoopError extends ErrorInJson {
  override readonly name = 'EventLoopError';
  /** An errno name such as `'EBADF'`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Makes the error from the addon's fields. Takes the passwords of URIs out of the message, because libvirt
 * quotes URIs.
 */
export function errorFrom(fields: LibvirtErrorFields): LibvirtError | ConnectionClosedError {
  if (fields.isClosed !== true)
    return new LibvirtError({ ...fields, message: withoutSecrets(fields.message) });
  return new ConnectionClosedError(
    'client',
    fields.call === ''
      ? 'the connection was closed while the call was under way'
      : `the connection was closed before ${fields.call} was called`,
  );
}

/**
 * Returns a libvirt error with the attempt named before libvirt's message. Returns any other error as it is.
 * @param attempt What failed, and on what: `"test:///default can't be opened"`.
 * @param options Its cause, if that is known.
 */
export function withAttempt(attempt: string, error: unknown, options?: ErrorOptions): unknown {
  if (!(error instanceof LibvirtError)) return error;
  const { codeNumber: code, domainNumber: domain, levelNumber: level, call, message } = error;
  return new LibvirtError({ code, domain, level, call, message: `${attempt}: ${message}` }, options);
}
