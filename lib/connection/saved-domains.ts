import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import { parametersOf, type Parameters } from '../calls/parameters.js';
import { optionalText, text } from '../calls/values.js';
import { DefinesDomains } from './define-domains.js';

/** How to restore a domain. */
export interface RestoreDomainOptions extends CallOptions {
  /** A description that the domain gets instead of the one in the file. */
  readonly xml?: string;
  /** Reads the file without the host's cache. */
  readonly bypassCache?: boolean;
  /** Lets it run, or with false starts it with its cpus stopped, whatever it was when it was saved. */
  readonly running?: boolean;
  /** Resets the variables of its firmware. Needs libvirt 8.1. */
  readonly resetNvram?: boolean;
  /** How many channels read the file at once, for an image in the format `'sparse'`. Needs libvirt 11.2. */
  readonly parallelChannels?: number;
}

/** How to change the description in a file. */
export interface SavedXmlOptions extends CallOptions {
  /** Lets the domain run when it is restored, or with false lets its cpus stop. */
  readonly running?: boolean;
}

/** Which description in a file to get. */
export interface GetSavedXmlOptions extends CallOptions {
  /** With passwords. Needs a connection that isn't read-only. */
  readonly secure?: boolean;
}

/** libvirt's virDomainSaveRestoreFlags. */
const restoreFlags: Flags<RestoreDomainOptions> = {
  xml: null,
  parallelChannels: null,
  bypassCache: 1 << 0,
  running: [1 << 1, 1 << 2],
  resetNvram: 1 << 3,
};

/** libvirt's virDomainSaveRestoreFlags, of which it takes two. */
const savedXmlFlags: Flags<SavedXmlOptions> = { running: [1 << 1, 1 << 2] };

/** libvirt's virDomainSaveImageXMLFlags. */
const getFlags: Flags<GetSavedXmlOptions> = { secure: 1 << 0 };

interface RestoreParameters {
  readonly file: string;
  readonly xml?: string;
  readonly parallelChannels?: number;
}

const restoreParameters: Parameters<Required<RestoreParameters>> = {
  file: ['file', 'string'],
  xml: ['dxml', 'string'],
  parallelChannels: ['parallel.channels', 'int'],
};

/** Domains that were saved to files of the host by `domain.save`. */
export abstract class SavedDomains extends DefinesDomains {
  /**
   * Starts a domain from a file where it was saved (virDomainRestoreFlags; virDomainRestoreParams with
   * `parallelChannels`).
   * @param path The file's path on the host.
   */
  async restoreDomain(path: string, options: RestoreDomainOptions = {}): Promise<void> {
    const { xml, parallelChannels } = options;
    if (parallelChannels === undefined) {
      const args = [text('path', path), optionalText('xml', xml)];
      return this.call('virDomainRestoreFlags', 'given a saved domain', nothing, args, options, restoreFlags);
    }
    const parameters = { file: path, parallelChannels, ...(xml !== undefined && { xml }) };
    const args = [parametersOf('restoreDomain', parameters, restoreParameters)];
    return this.call('virDomainRestoreParams', 'given a saved domain', nothing, args, options, restoreFlags);
  }

  /** The description in a file where a domain was saved (virDomainSaveImageGetXMLDesc). */
  async savedDomainXml(path: string, options: GetSavedXmlOptions = {}): Promise<string> {
    const args = [text('path', path)];
    return this.call(
      'virDomainSaveImageGetXMLDesc',
      'asked for a saved domain',
      asIs<string>,
      args,
      options,
      getFlags,
    );
  }

  /** Changes the description in a file where a domain was saved (virDomainSaveImageDefineXML). */
  async setSavedDomainXml(path: string, xml: string, options: SavedXmlOptions = {}): Promise<void> {
    const args = [text('path', path), text('xml', xml)];
    return this.call(
      'virDomainSaveImageDefineXML',
      'told to change a saved domain',
      nothing,
      args,
      options,
      savedXmlFlags,
    );
  }
}
