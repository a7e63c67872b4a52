import type { Observable } from 'rxjs';
import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
import { bytes } from '../calls/values.js';
import type { ConnectionState } from '../connection-state.js';
import { secretUsageTypes, type EventSecret } from '../events/event-object-types.js';
import type { LibvirtEventMap } from '../events/event-types.js';
import type { SecretHandle } from '../native.js';
import type { EventsOf, ObjectEventOptions } from './events-of.js';

/** What a secret is for. */
export type SecretUsageType = EventSecret['usageType'];

/**
 * A secret that a connection's host keeps, such as the passphrase of a volume; get one from
 * `connection.lookupSecretByUuid`, `listSecrets` or `secret`.
 */
export class Secret extends LibvirtObject<SecretHandle> {
  readonly uuid: string;
  /** What the secret is for; `'unknown'` when it is newer than this library, and when only the uuid was given. */
  readonly usageType: SecretUsageType;
  /** libvirt's virSecretUsageType; -1 when only the uuid was given. */
  readonly usageTypeNumber: number;
  /** The volume, user or target that the secret is for; empty when there is none. */
  readonly usageId: string;
  readonly #events: EventsOf<'secret'>;

  /** @internal */
  constructor(connection: ConnectionState, found: Found<SecretHandle>, events: EventsOf<'secret'>) {
    checkMade(found, 'a Secret', 'lookupSecretByUuid() or secret()');
    super(new ObjectTarget(connection, `secret with uuid '${found.key}'`, found.handle));
    this.uuid = found.key;
    this.usageType = secretUsageTypes[found.id] ?? 'unknown';
    this.usageTypeNumber = found.id;
    this.usageId = found.name;
    this.#events = events;
  }

  /** Its value (virSecretGetValue). Rejects when it has none, and when the secret is private. */
  async value(options: CallOptions = {}): Promise<Buffer> {
    return this.call('virSecretGetValue', 'asked for its value', asIs<Buffer>, [], options, noFlags);
  }

  /** Gives it a value (virSecretSetValue). The bytes are copied before this method returns. */
  async setValue(value: Uint8Array, options: CallOptions = {}): Promise<void> {
    return this.call(
      'virSecretSetValue',
      'given a value',
      nothing,
      [bytes('value', value)],
      options,
      noFlags,
    );
  }

  /** Its definition, in libvirt's XML, without the value (virSecretGetXMLDesc). */
  async xml(options: CallOptions = {}): Promise<string> {
    return this.call('virSecretGetXMLDesc', 'described', asIs<string>, [], options, noFlags);
  }

  /** Removes its definition and its value (virSecretUndefine). */
  async undefine(options: CallOptions = {}): Promise<void> {
    return this.call('virSecretUndefine', 'undefined', nothing, [], options);
  }

  /** Only this secret's events, filtered by libvirt; see `connection.secretEvents`. */
  events<T extends keyof LibvirtEventMap['secret']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['secret'][T]> {
    return this.#events(type, { ...options, secret: this } as ObjectEventOptions);
  }
}
