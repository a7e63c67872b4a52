import { nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import type { Flags } from '../calls/flags.js';
import { oneOf, text } from '../calls/values.js';
import { DomainSavedState } from './saved-state.js';

/** libvirt's virDomainCoreDumpFormat. */
const formats = ['raw', 'kdump-zlib', 'kdump-lzo', 'kdump-snappy', 'win-dmp'] as const;

/** How to dump the memory of a domain. */
export interface CoreDumpOptions extends CallOptions {
  /** `'raw'` unless given. The other formats need `memoryOnly`; `'win-dmp'` needs libvirt 7.4. */
  readonly format?: (typeof formats)[number];
  /** It is crashed afterwards. */
  readonly crash?: boolean;
  /** It runs meanwhile. */
  readonly live?: boolean;
  /** Writes without the host's cache for files. */
  readonly bypassCache?: boolean;
  /** It is reset afterwards. */
  readonly reset?: boolean;
  /** Only its memory, in a format that debuggers read. */
  readonly memoryOnly?: boolean;
}

/** libvirt's virDomainCoreDumpFlags. */
const dumpFlags: Flags<CoreDumpOptions> = {
  format: null,
  crash: 1 << 0,
  live: 1 << 1,
  bypassCache: 1 << 2,
  reset: 1 << 3,
  memoryOnly: 1 << 4,
};

/** How the memory of a domain is dumped, to find out what happened in it. */
export abstract class DomainCoreDump extends DomainSavedState {
  /** Dumps its memory into a file on its host (virDomainCoreDumpWithFormat). The domain has to run. */
  async coreDump(file: string, options: CoreDumpOptions = {}): Promise<void> {
    const { format = 'raw' } = options;
    const args = [text('file', file), oneOf('format', format, formats)];
    return this.call('virDomainCoreDumpWithFormat', 'dumped', nothing, args, options, dumpFlags);
  }
}
