import { asIs, nothing } from '../calls/answers.js';
import type { Flags } from '../calls/flags.js';
import { oneOf, optionalText, text } from '../calls/values.js';
import { DomainGuestInput } from './guest-input.js';
import { impactFlags, type ImpactOptions } from './impact.js';

/** libvirt's virDomainMetadataType. */
const types = ['description', 'title', 'element'] as const;

/** What people note about a domain: a description, a title of one line, or an XML element of one's own. */
export type MetadataType = (typeof types)[number];

/** Which of a domain's metadata to get. Without `live` and `config`: that of now. */
export interface MetadataOptions extends ImpactOptions {
  /** The XML namespace of an element. */
  readonly uri?: string;
}

/** Which of a domain's metadata to set. Without `live` and `config`: that of now. With both: both. */
export interface SetMetadataOptions extends MetadataOptions {
  /** The prefix for the XML namespace of an element. */
  readonly key?: string;
}

/** libvirt's virDomainModificationImpact. */
const metadataFlags: Flags<MetadataOptions> = { uri: null, ...impactFlags };
const setMetadataFlags: Flags<SetMetadataOptions> = { ...metadataFlags, key: null };

/** What people and programs note about a domain. libvirt keeps it and doesn't read it. */
export abstract class DomainMetadata extends DomainGuestInput {
  /**
   * A description, a title, or an XML element (virDomainGetMetadata). Rejects with the code
   * `'VIR_ERR_NO_DOMAIN_METADATA'` when there is none.
   */
  async metadata(type: MetadataType, options: MetadataOptions = {}): Promise<string> {
    const args = [oneOf('type', type, types), optionalText('uri', options.uri)];
    return this.call(
      'virDomainGetMetadata',
      'asked for its metadata',
      asIs<string>,
      args,
      options,
      metadataFlags,
    );
  }

  /**
   * Sets a description, a title, or an XML element (virDomainSetMetadata). An element needs `uri` and `key`.
   * @param metadata null removes it.
   */
  async setMetadata(
    type: MetadataType,
    metadata: string | null,
    options: SetMetadataOptions = {},
  ): Promise<void> {
    const args = [
      oneOf('type', type, types),
      metadata === null ? null : text('metadata', metadata),
      optionalText('key', options.key),
      optionalText('uri', options.uri),
    ];
    return this.call('virDomainSetMetadata', 'given metadata', nothing, args, options, setMetadataFlags);
  }
}
