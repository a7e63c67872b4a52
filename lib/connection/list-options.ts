import { checkBoolean, checkKeys } from '../arguments.js';

/** Which domains to list. Each option takes those that have the property, or with false those that have it not. */
export interface ListDomainsOptions {
  /** Those that run. */
  readonly active?: boolean;
  /** Those whose definition stays when they stop. */
  readonly persistent?: boolean;
  /** Those that start with the host. */
  readonly autostart?: boolean;
  /** Those whose memory libvirt has saved, to continue from there. */
  readonly managedSave?: boolean;
  readonly hasSnapshot?: boolean;
  readonly hasCheckpoint?: boolean;
}

/** Which networks to list; see {@link ListDomainsOptions}. */
export interface ListNetworksOptions {
  readonly active?: boolean;
  readonly persistent?: boolean;
  readonly autostart?: boolean;
}

/** Which storage pools to list; see {@link ListDomainsOptions}. */
export interface ListStoragePoolsOptions {
  readonly active?: boolean;
  readonly persistent?: boolean;
  readonly autostart?: boolean;
}

/** Which node devices to list; see {@link ListDomainsOptions}. */
export interface ListNodeDevicesOptions {
  /** Needs libvirt 7.3. */
  readonly active?: boolean;
}

/** Which secrets to list; see {@link ListDomainsOptions}. */
export interface ListSecretsOptions {
  /** Those that are kept only in memory. */
  readonly ephemeral?: boolean;
  /** Those whose value libvirt reveals to nobody. */
  readonly private?: boolean;
}

/** Which interfaces to list; see {@link ListDomainsOptions}. */
export interface ListInterfacesOptions {
  readonly active?: boolean;
}

/** libvirt's flags for each option: for those that have the property, and for those that have it not. */
type Filters<Options> = Readonly<Record<keyof Options, readonly [number, number]>>;

export const domainFilters: Filters<ListDomainsOptions> = {
  active: [1 << 0, 1 << 1],
  persistent: [1 << 2, 1 << 3],
  managedSave: [1 << 8, 1 << 9],
  autostart: [1 << 10, 1 << 11],
  hasSnapshot: [1 << 12, 1 << 13],
  hasCheckpoint: [1 << 14, 1 << 15],
};

export const networkFilters: Filters<ListNetworksOptions> = {
  active: [1 << 1, 1 << 0],
  persistent: [1 << 2, 1 << 3],
  autostart: [1 << 4, 1 << 5],
};

/** libvirt numbers the flags of storage pools like those of networks. */
export const storagePoolFilters: Filters<ListStoragePoolsOptions> = networkFilters;

export const nodeDeviceFilters: Filters<ListNodeDevicesOptions> = { active: [2 ** 31, 2 ** 30] };

export const secretFilters: Filters<ListSecretsOptions> = {
  ephemeral: [1 << 0, 1 << 1],
  private: [1 << 2, 1 << 3],
};

export const interfaceFilters: Filters<ListInterfacesOptions> = { active: [1 << 1, 1 << 0] };

/**
 * The flags for these options.
 * @param method The method that takes the options, for messages.
 */
export function filterFlags<Options extends object>(
  method: string,
  options: Options,
  filters: Filters<Options>,
): number {
  const names = Object.keys(filters) as (keyof Options & string)[];
  checkKeys(method, options, names);
  let flags = 0;
  for (const name of names) {
    const wanted: unknown = options[name];
    if (wanted === undefined) continue;
    checkBoolean(name, wanted);
    flags += filters[name][wanted === true ? 0 : 1];
  }
  return flags;
}
