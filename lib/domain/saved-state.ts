import { asIs, nothing, yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { parametersOf, type Parameters } from '../calls/parameters.js';
import { optionalText, text } from '../calls/values.js';
import { DomainMigration } from './migration.js';

/** How to save the state of a domain. */
export interface ManagedSaveOptions extends CallOptions {
  /** Writes without the host's cache for files. */
  readonly bypassCache?: boolean;
  /** How it is when it is restored; unless given, as it was when it was saved. */
  readonly state?: 'running' | 'paused';
  /** Unless given, as the host is configured. Needs libvirt 12.0. */
  readonly imageFormat?: 'raw' | 'gzip' | 'bzip2' | 'xz' | 'lzop' | 'zstd' | 'sparse';
  /** How many channels write the file. With the format `'sparse'`. Needs libvirt 12.0. */
  readonly parallelChannels?: number;
}

/** How to save the state of a domain into a file. */
export interface SaveDomainOptions extends ManagedSaveOptions {
  /** Its definition when it is restored. Only what belongs to the host may differ. */
  readonly xml?: string;
}

/** How a saved domain is restored. */
export interface DefineManagedSaveOptions extends CallOptions {
  readonly state?: 'running' | 'paused';
}

/** Which description of a saved state to get. */
export interface ManagedSaveXmlOptions extends CallOptions {
  /** With passwords. Needs a connection that isn't read-only. */
  readonly secure?: boolean;
}

/** libvirt's virDomainSaveRestoreFlags. VIR_DOMAIN_SAVE_RESET_NVRAM is only for a restore. */
const managedSaveFlags: Flags<ManagedSaveOptions> = {
  imageFormat: null,
  parallelChannels: null,
  bypassCache: 1 << 0,
  state: { running: 1 << 1, paused: 1 << 2 },
};

const saveFlags: Flags<SaveDomainOptions> = { ...managedSaveFlags, xml: null };

/** libvirt's virDomainSaveRestoreFlags, of which it takes two. */
const defineFlags: Flags<DefineManagedSaveOptions> = { state: { running: 1 << 1, paused: 1 << 2 } };

/** libvirt's virDomainSaveImageXMLFlags. */
const xmlFlags: Flags<ManagedSaveXmlOptions> = { secure: 1 << 0 };

interface SaveParameters {
  /** Unless given, the state is saved where libvirt finds it. */
  readonly file?: string | undefined;
  readonly xml?: string | undefined;
  readonly imageFormat?: string | undefined;
  readonly parallelChannels?: number | undefined;
}

const saveParameters: Parameters<SaveParameters> = {
  file: ['file', 'string'],
  xml: ['dxml', 'string'],
  imageFormat: ['image_format', ['raw', 'gzip', 'bzip2', 'xz', 'lzop', 'zstd', 'sparse']],
  parallelChannels: ['parallel.channels', 'int'],
};

/** How the memory of a domain is kept while it doesn't run. */
export abstract class DomainSavedState extends DomainMigration {
  /**
   * Saves its state into a file on its host, and ends it (virDomainSaveFlags; with `imageFormat` or `parallelChannels`
   * virDomainSaveParams).
   */
  async save(file: string, options: SaveDomainOptions = {}): Promise<void> {
    const { xml } = options;
    const args = [text('file', file), optionalText('xml', xml)];
    return isPlain(options)
      ? this.call('virDomainSaveFlags', 'saved', nothing, args, options, saveFlags)
      : this.#saveAs({ file, xml }, options);
  }

  /**
   * Saves its state where libvirt finds it, and ends it; its next start continues from there (virDomainManagedSave; with
   * `imageFormat` or `parallelChannels` virDomainSaveParams).
   */
  async managedSave(options: ManagedSaveOptions = {}): Promise<void> {
    return isPlain(options)
      ? this.call('virDomainManagedSave', 'saved', nothing, [], options, managedSaveFlags)
      : this.#saveAs({}, options);
  }

  /** Whether its next start continues from a saved state (virDomainHasManagedSaveImage). */
  async hasManagedSaveImage(options: CallOptions = {}): Promise<boolean> {
    const participle = 'asked whether its state is saved';
    return this.call('virDomainHasManagedSaveImage', participle, yesOrNo, [], options, noFlags);
  }

  /** The definition that is in its saved state, in libvirt's XML (virDomainManagedSaveGetXMLDesc). */
  async managedSaveXml(options: ManagedSaveXmlOptions = {}): Promise<string> {
    const participle = 'asked for its saved definition';
    return this.call('virDomainManagedSaveGetXMLDesc', participle, asIs<string>, [], options, xmlFlags);
  }

  /** Changes the definition that is in its saved state (virDomainManagedSaveDefineXML). */
  async defineManagedSaveXml(xml: string, options: DefineManagedSaveOptions = {}): Promise<void> {
    const args = [text('xml', xml)];
    const participle = 'given another saved definition';
    return this.call('virDomainManagedSaveDefineXML', participle, nothing, args, options, defineFlags);
  }

  /** Drops its saved state; its next start boots (virDomainManagedSaveRemove). */
  async removeManagedSave(options: CallOptions = {}): Promise<void> {
    const participle = 'rid of its saved state';
    return this.call('virDomainManagedSaveRemove', participle, nothing, [], options, noFlags);
  }

  async #saveAs(where: SaveParameters, options: SaveDomainOptions): Promise<void> {
    const { imageFormat, parallelChannels } = options;
    const all = { ...where, imageFormat, parallelChannels };
    const args = [parametersOf<SaveParameters>('save', all, saveParameters)];
    return this.call('virDomainSaveParams', 'saved', nothing, args, options, saveFlags);
  }
}

const isPlain = ({ imageFormat, parallelChannels }: ManagedSaveOptions): boolean =>
  imageFormat === undefined && parallelChannels === undefined;
