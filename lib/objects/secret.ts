import type { Observable } from 'rxjs';
import { checkMade, ObjectTarget, type Found } from '../calls/found.js';
import { LibvirtObject } from '../calls/libvirt-object.js';
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

  /** Only this secret's events, filtered by libvirt; see `connection.secretEvents`. */
  events<T extends keyof LibvirtEventMap['secret']>(
    type: T,
    options: ObjectEventOptions = {},
  ): Observable<LibvirtEventMap['secret'][T]> {
    return this.#events(type, { ...options, secret: this } as ObjectEventOptions);
  }
}
