/** The types of connections that users can import. */
export type { CloseOptions } from './close-options.js';
export type {
  AllEventsOptions,
  DomainEventOptions,
  EventOptions,
  NetworkEventOptions,
  NodeDeviceEventOptions,
  QemuMonitorEventOptions,
  SecretEventOptions,
  StoragePoolEventOptions,
} from './event-options.js';
export type { AuthCallback, CredentialType, WantedCredential } from './authentication.js';
export type { OpenOptions } from './open-options.js';
export type { FindStoragePoolSourcesOptions } from './connection-storage.js';
export type {
  ListDomainsOptions,
  ListedDomainState,
  ListInterfacesOptions,
  ListNetworksOptions,
  ListNodeDevicesOptions,
  ListSecretsOptions,
  ListStoragePoolsOptions,
  NodeDeviceCapability,
  StoragePoolType,
} from './list-options.js';
export type {
  ConnectionIdentity,
  DomainCapabilitiesOptions,
  NodeInfo,
  SecurityModel,
  SevInfo,
} from './host-info.js';
export type {
  AllocPagesOptions,
  CellsOptions,
  HostMemoryParameters,
  HostMemorySettings,
  HostMemoryStats,
  PageCount,
} from './host-memory.js';
export type {
  BaselineCpuOptions,
  CompareCpuOptions,
  CpuComparison,
  HostCpuMap,
  HostCpuStats,
  HypervisorOptions,
} from './host-cpus.js';
export type { CreateDomainOptions, DefineDomainOptions, DomainWithStats } from './define-domains.js';
export type { GetSavedXmlOptions, RestoreDomainOptions, SavedXmlOptions } from './saved-domains.js';
