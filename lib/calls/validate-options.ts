import type { CallOptions } from './call-options.js';

/** How to make an object from XML. */
export interface ValidateOptions extends CallOptions {
  /** Refuses XML that doesn't fit libvirt's schema. */
  readonly validate?: boolean;
}
