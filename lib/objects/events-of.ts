import type { Observable } from 'rxjs';
import type { LibvirtEventMap } from '../events/event-types.js';

/** When the events of an object begin. */
export interface ObjectEventOptions {
  /** Called when libvirt has acknowledged the registration. */
  readonly onRegistered?: () => void;
}

/** The events of one category, as a connection streams them. `options` has the object that is wanted too. */
export type EventsOf<C extends keyof LibvirtEventMap> = <T extends keyof LibvirtEventMap[C] & string>(
  type: T,
  options: ObjectEventOptions,
) => Observable<LibvirtEventMap[C][T]>;
