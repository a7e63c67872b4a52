import { int, optional, string, struct, type LayoutInput } from '../codec.js';
import { XdrWriter, type XdrString } from '../xdr.js';
import { domain, network } from './objects.js';

const errorLayout = {
  code: int,
  domain: int,
  message: optional(string),
  level: int,
  dom: optional(domain),
  str1: optional(string),
  str2: optional(string),
  str3: optional(string),
  int1: int,
  int2: int,
  net: optional(network),
};
const error = struct(errorLayout);

/** libvirt's error as it goes over the wire. Fields that are left out are NULL or 0; the level is that of an error. */
export type LibvirtErrorFields = Partial<LayoutInput<typeof errorLayout>> & {
  readonly code: number;
  readonly message: XdrString | null;
};

const levels = { error: 2 };
const domains = { rpc: 7, test: 12, remote: 13, nwFilter: 33, access: 52 };
const codes = {
  internal: 1,
  noSupport: 3,
  invalidArg: 8,
  rpc: 39,
  noDomain: 42,
  operationInvalid: 55,
  accessDenied: 88,
};
const notFoundCodes = {
  network: 43,
  'storage pool': 49,
  'node device': 53,
  interface: 57,
  'network filter': 62,
  secret: 66,
};

/** The errors with which a real daemon answers in the cases that this daemon supports. */
export const libvirtErrors = {
  notImplemented: (procedure: string): LibvirtErrorFields => ({
    code: codes.noSupport,
    domain: domains.remote,
    message: `this function is not supported by the connection driver: ${procedure}`,
  }),
  /** The answer of a daemon that is older than a procedure. */
  unknownProcedure: (procedure: number): LibvirtErrorFields => ({
    code: codes.rpc,
    domain: domains.rpc,
    message: `unknown procedure: ${procedure}`,
  }),
  /** The answer of a daemon to a call that it can't decode. */
  undecodable: (why: string): LibvirtErrorFields => ({
    code: codes.rpc,
    domain: domains.rpc,
    message: `unable to decode message payload: ${why}`,
  }),
  /** The answer of a daemon that is older than an event id. */
  unsupportedEvent: (eventId: number): LibvirtErrorFields => ({
    code: codes.internal,
    domain: domains.remote,
    message: `internal error: unsupported event ID ${eventId}`,
  }),
  noDomain: (which: string): LibvirtErrorFields => ({
    code: codes.noDomain,
    domain: domains.test,
    message: `Domain not found: ${which}`,
  }),
  notFound: (kind: keyof typeof notFoundCodes, which: string): LibvirtErrorFields => ({
    code: notFoundCodes[kind],
    // With another domain, the client would take this error for one about secrets, as libvirt 0.8.0 numbered them.
    domain: kind === 'network filter' ? domains.nwFilter : domains.test,
    message: `no ${kind} matches ${which}`,
  }),
  noCallback: (callbackId: number): LibvirtErrorFields => ({
    code: codes.invalidArg,
    domain: domains.remote,
    message: `invalid argument: no callback has the id ${callbackId}`,
  }),
  operationInvalid: (why: string): LibvirtErrorFields => ({
    code: codes.operationInvalid,
    domain: domains.test,
    message: `Requested operation is not valid: ${why}`,
  }),
  /** The answer of a daemon whose access rules don't let the client do that. */
  accessDenied: (): LibvirtErrorFields => ({
    code: codes.accessDenied,
    domain: domains.access,
    message: 'access denied',
  }),
} as const;

/** A procedure throws this to answer the call with an error. */
export class LibvirtFailure extends Error {
  override readonly name = 'LibvirtFailure';

  constructor(readonly fields: LibvirtErrorFields) {
    super(fields.message === null ? undefined : Buffer.from(fields.message as string).toString());
  }
}

export function encodeError(fields: LibvirtErrorFields): Buffer {
  const to = new XdrWriter();
  error.write(to, {
    domain: 0,
    level: levels.error,
    dom: null,
    str1: null,
    str2: null,
    str3: null,
    int1: 0,
    int2: 0,
    net: null,
    ...fields,
  });
  return to.finish();
}
