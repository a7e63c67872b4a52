import { checkKeys } from '../arguments.js';
import { exactNumber, nothing } from '../calls/answers.js';
import { checkCallOptions, type CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { parametersAs, parametersOf, type Parameters } from '../calls/parameters.js';
import { integer, integers, list, unsigned } from '../calls/values.js';
import { HostInfo } from './host-info.js';

/** The memory of a host, or of one of its NUMA nodes, in KiB. */
export interface HostMemoryStats {
  readonly totalKiB: number;
  readonly freeKiB: number;
  /** Not for a single NUMA node. */
  readonly buffersKiB?: number;
  /** Not for a single NUMA node. */
  readonly cachedKiB?: number;
  /** Not for a single NUMA node. */
  readonly availableKiB?: number;
}

/** How a host shares equal pages of memory between its guests (Linux's KSM). */
export interface HostMemoryParameters {
  /** How many pages are scanned before it sleeps. */
  readonly pagesToScan: number;
  readonly sleepMs: number;
  /** Whether pages of different NUMA nodes are shared. */
  readonly mergeAcrossNodes: number;
  readonly pagesShared: number;
  readonly pagesSharing: number;
  readonly pagesUnshared: number;
  readonly pagesVolatile: number;
  readonly fullScans: bigint;
}

/** Those of {@link HostMemoryParameters} that can be set. */
export interface HostMemorySettings {
  readonly pagesToScan?: number;
  readonly sleepMs?: number;
  /** 1 for pages of different NUMA nodes too, otherwise 0. */
  readonly mergeAcrossNodes?: number;
}

/** Which NUMA nodes of a host. */
export interface CellsOptions extends CallOptions {
  /** The first of them, 0 unless given. */
  readonly firstCell?: number;
  /** How many of them, 1 unless given. */
  readonly cells?: number;
}

/** Where to allocate pages. */
export interface AllocPagesOptions extends CallOptions {
  /** The first NUMA node; all of them get the pages together unless it is given. */
  readonly firstCell?: number;
  /** How many of them, 1 unless given. */
  readonly cells?: number;
  /** Sets the size of the pool to this count; otherwise the pages are added to it. */
  readonly set?: boolean;
}

/** Pages of one size. */
export interface PageCount {
  readonly pageKiB: number;
  readonly count: number;
}

/** libvirt's virNodeAllocPagesFlags. */
const allocFlags: Flags<AllocPagesOptions> = { firstCell: null, cells: null, set: 1 << 0 };
const cellsFlags: Flags<CellsOptions> = { firstCell: null, cells: null };

const statsFlags: Flags<CallOptions & { readonly cell?: number }> = { cell: null };

const statsParameters: Parameters<HostMemoryStats> = {
  totalKiB: ['total', 'ullong'],
  freeKiB: ['free', 'ullong'],
  buffersKiB: ['buffers', 'ullong'],
  cachedKiB: ['cached', 'ullong'],
  availableKiB: ['available', 'ullong'],
};

const settings: Parameters<Required<HostMemorySettings>> = {
  pagesToScan: ['shm_pages_to_scan', 'uint'],
  sleepMs: ['shm_sleep_millisecs', 'uint'],
  mergeAcrossNodes: ['shm_merge_across_nodes', 'uint'],
};

const memoryParameters: Parameters<HostMemoryParameters> = {
  ...settings,
  pagesShared: ['shm_pages_shared', 'ullong'],
  pagesSharing: ['shm_pages_sharing', 'ullong'],
  pagesUnshared: ['shm_pages_unshared', 'ullong'],
  pagesVolatile: ['shm_pages_volatile', 'ullong'],
  fullScans: ['shm_full_scans', 'bigint'],
};

const allCells = -1;

/** The memory of a host. */
export abstract class HostMemory extends HostInfo {
  /** The free memory of the host, in bytes (virNodeGetFreeMemory). */
  async freeMemoryBytes(options: CallOptions = {}): Promise<number> {
    return this.call('virNodeGetFreeMemory', 'asked for its free memory', exactNumber, [], options);
  }

  /** The free memory of some NUMA nodes, in bytes (virNodeGetCellsFreeMemory). */
  async freeMemoryOfCells(options: CellsOptions = {}): Promise<number[]> {
    const name = 'virNodeGetCellsFreeMemory';
    checkCallOptions(name, options, Object.keys(cellsFlags));
    const { firstCell = 0, cells = 1 } = options;
    const args = [integer('firstCell', firstCell, 0), integer('cells', cells, 1, mostCells)];
    return this.callHost(name, 'asked for its free memory', exactNumbers, args, options);
  }

  /** The memory of the host, or of one NUMA node (virNodeGetMemoryStats). */
  async memoryStats(options: CallOptions & { readonly cell?: number } = {}): Promise<HostMemoryStats> {
    const { cell } = options;
    const args = [cell === undefined ? allCells : integer('cell', cell, 0), room];
    const read = parametersAs<HostMemoryStats>(statsParameters);
    return this.call('virNodeGetMemoryStats', 'asked for its memory', read, args, options, statsFlags);
  }

  /** How the host shares equal pages of memory (virNodeGetMemoryParameters). */
  async memoryParameters(options: CallOptions = {}): Promise<HostMemoryParameters> {
    const read = parametersAs<HostMemoryParameters>(memoryParameters);
    return this.call(
      'virNodeGetMemoryParameters',
      'asked how it shares pages',
      read,
      [room],
      options,
      noFlags,
    );
  }

  /** Sets how the host shares equal pages of memory (virNodeSetMemoryParameters). */
  async setMemoryParameters(parameters: HostMemorySettings, options: CallOptions = {}): Promise<void> {
    const args = [parametersOf('setMemoryParameters', parameters, settings)];
    return this.call(
      'virNodeSetMemoryParameters',
      'told how to share pages',
      nothing,
      args,
      options,
      noFlags,
    );
  }

  /**
   * How many pages of some sizes are free (virNodeGetFreePages). Resolves with one array for each NUMA node.
   * @param pageSizesKiB The sizes to ask for, for example `[4, 2048]`.
   */
  async freePages(pageSizesKiB: readonly number[], options: CellsOptions = {}): Promise<PageCount[][]> {
    const { firstCell = 0, cells = 1 } = options;
    const sizes = integers('pageSizesKiB', pageSizesKiB);
    const args = [sizes, integer('firstCell', firstCell, -1), unsigned('cells', cells, mostCells)];
    const read = (counts: readonly (number | bigint)[]) => pagesOf(sizes, counts);
    return this.call('virNodeGetFreePages', 'asked for its free pages', read, args, options, cellsFlags);
  }

  /** Allocates pages of some sizes, for guests (virNodeAllocPages). Resolves with how many NUMA nodes have them. */
  async allocPages(pages: readonly PageCount[], options: AllocPagesOptions = {}): Promise<number> {
    const { firstCell = allCells, cells = 1 } = options;
    const given = list('pages', pages).map((page, index) => {
      checkKeys(`pages[${index}]`, page, pageKeys);
      return page as PageCount;
    });
    const args = [
      given.map(({ pageKiB }, index) => unsigned(`pages[${index}].pageKiB`, pageKiB)),
      given.map(({ count }, index) => unsigned(`pages[${index}].count`, count, Number.MAX_SAFE_INTEGER)),
      integer('firstCell', firstCell, allCells),
      unsigned('cells', cells, mostCells),
    ];
    return this.call('virNodeAllocPages', 'given pages', (nodes: number) => nodes, args, options, allocFlags);
  }
}

const pageKeys = ['pageKiB', 'count'] satisfies (keyof PageCount)[];

/** More than hosts have; libvirt refuses more too. */
const mostCells = 1024;

/** The addon asks libvirt how much room the answer needs. */
const room = 0;

function exactNumbers(values: readonly (number | bigint)[]): number[] {
  return values.map(exactNumber);
}

function pagesOf(sizes: readonly number[], counts: readonly (number | bigint)[]): PageCount[][] {
  const nodes = sizes.length === 0 ? 0 : counts.length / sizes.length;
  return Array.from({ length: nodes }, (_, node) =>
    sizes.map((pageKiB, index) => ({
      pageKiB,
      count: exactNumber(counts[node * sizes.length + index] ?? 0),
    })),
  );
}
