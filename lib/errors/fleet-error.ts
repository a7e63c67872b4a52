import { ErrorInJson } from '../errors.js';

/**
 * `'ERR_HOST_EXISTS'`: the fleet has a host of this name. `'ERR_NO_SUCH_HOST'`: it has none.
 * `'ERR_FLEET_CLOSED'`: it was closed.
 */
export type FleetErrorCode = 'ERR_HOST_EXISTS' | 'ERR_NO_SUCH_HOST' | 'ERR_FLEET_CLOSED';

/** A fleet can't add or remove this host. */
export class FleetError extends ErrorInJson {
  override readonly name = 'FleetError';
  readonly code: FleetErrorCode;
  /** The name of the host that was to be added or removed. */
  readonly host: string;

  constructor(code: FleetErrorCode, host: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.host = host;
  }
}

export function hostExists(name: string): FleetError {
  return new FleetError('ERR_HOST_EXISTS', name, `the fleet has a host ${name}; give this one another name`);
}

export function noSuchHost(name: string): FleetError {
  const message = `the fleet has no host ${JSON.stringify(name)}; fleet.hosts has its hosts by their names`;
  return new FleetError('ERR_NO_SUCH_HOST', name, message);
}

export function fleetClosed(host: string): FleetError {
  return new FleetError('ERR_FLEET_CLOSED', host, 'the fleet was closed; call watchAll() for a new one');
}
