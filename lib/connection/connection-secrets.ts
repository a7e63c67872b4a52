import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import type { Found } from '../calls/found.js';
import type { ValidateOptions } from '../calls/validate-options.js';
import { oneOf, text } from '../calls/values.js';
import { secretUsageTypes, type EventSecret } from '../events/event-object-types.js';
import { checkFilter } from '../events/filter.js';
import { native, type SecretHandle } from '../native.js';
import { Secret, type SecretUsageType } from '../objects/secret.js';
import { ConnectionDevices } from './connection-devices.js';
import { secretFilters, type ListSecretsOptions } from './list-options.js';

/** libvirt's virSecretDefineFlags. */
const defineFlags: Flags<ValidateOptions> = { validate: 1 << 0 };

/** How a connection finds, lists and makes its secrets. */
export abstract class ConnectionSecrets extends ConnectionDevices {
  /** The secret with this uuid (virSecretLookupByUUIDString). */
  async lookupSecretByUuid(uuid: string, options: CallOptions = {}): Promise<Secret> {
    const args = [text('uuid', uuid)];
    const title = `secret with uuid '${uuid}'`;
    return this.lookUp('virSecretLookupByUUIDString', title, this.#secret, args, options);
  }

  /**
   * The secret for this use (virSecretLookupByUsage).
   * @param usageId The volume, user or target that the secret is for.
   */
  async lookupSecretByUsage(
    usageType: Exclude<SecretUsageType, 'unknown'>,
    usageId: string,
    options: CallOptions = {},
  ): Promise<Secret> {
    const args = [oneOf('usageType', usageType, secretUsageTypes), text('usageId', usageId)];
    const title = `secret for ${usageType} '${usageId}'`;
    return this.lookUp('virSecretLookupByUsage', title, this.#secret, args, options);
  }

  /** All secrets, or those that the options select (virConnectListAllSecrets). */
  async listSecrets(options: ListSecretsOptions = {}): Promise<Secret[]> {
    return this.list('virConnectListAllSecrets', 'secrets', this.#secret, options, secretFilters);
  }

  /**
   * Defines a secret, or changes the definition of the one that has its uuid (virSecretDefineXML). It has no value
   * before `secret.setValue`. `validate` needs libvirt 7.7.
   * @param xml libvirt's description of the secret. The value is no part of it.
   */
  async defineSecret(xml: string, options: ValidateOptions = {}): Promise<Secret> {
    const args = [text('xml', xml)];
    return this.make('virSecretDefineXML', 'a secret', 'defined', this.#secret, args, options, defineFlags);
  }

  /** The secret with this uuid; see {@link domain}. */
  secret(identity: Pick<EventSecret, 'uuid'> & Partial<EventSecret>): Secret {
    const key = checkFilter('a secret', 'uuid', identity);
    return this.#secret(this.named(native().referToSecret, key, identity.usageId, identity.usageTypeNumber));
  }

  readonly #secret = (found: Found<SecretHandle>) => {
    const { state, streams } = this.shared;
    return new Secret(state, found, (type, options) => streams.ofObjects('secret', type, options));
  };
}
