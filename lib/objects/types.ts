/** The types of networks, storage, devices, secrets and network filters that users can import. */
export type {
  CreateNetworkPortOptions,
  DhcpLease,
  DhcpLeasesOptions,
  NetworkImpactOptions,
  NetworkMetadataOptions,
  NetworkMetadataType,
  NetworkSection,
  NetworkUpdateCommand,
  NetworkXmlOptions,
  SetNetworkMetadataOptions,
  UpdateNetworkOptions,
} from './network-options.js';
export type {
  DetachNodeDeviceOptions,
  NodeDeviceXmlOptions,
  UpdateNodeDeviceOptions,
} from './node-device-calls.js';
export type { StoragePoolInfo, StoragePoolStateName } from './storage-pool-info.js';
export type {
  BuildStoragePoolOptions,
  CreateStoragePoolOptions,
  DeleteStoragePoolOptions,
  StoragePoolXmlOptions,
} from './storage-pool-options.js';
export type { StorageVolumeInfo, StorageVolumeTypeName } from './storage-volume-calls.js';
export type {
  DeleteVolumeOptions,
  NewVolumeOptions,
  ResizeVolumeOptions,
  VolumeInfoOptions,
  VolumeWipeAlgorithm,
  WipeVolumeOptions,
} from './storage-volume-options.js';
export type { ObjectEventOptions } from './events-of.js';
export type { VolumeFileOptions, VolumeTransferOptions } from './storage-volume-streams.js';
