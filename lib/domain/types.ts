/** The types of domains that users can import. */
export type { DomainSnapshot } from './domain-snapshots.js';
export type { DomainState, DomainStateName } from './domain-state.js';
export type { ImpactOptions } from './impact.js';
export type {
  MemoryParameters,
  MemoryPeekOptions,
  MemoryStats,
  NewNumaParameters,
  NumaMode,
  NumaParameters,
  SetMemoryOptions,
} from './memory-options.js';
export type {
  CpuTimes,
  DirtyRateOptions,
  SetVcpuCountOptions,
  SetVcpusEnabledOptions,
  VcpuCountOptions,
  VcpuInfo,
  VcpuState,
} from './cpu-options.js';
export type { IoThread, IoThreadParameters } from './io-threads.js';
export type { PerfEvents, SchedulerParameters } from './tuning-options.js';
export type { BlkioParameters } from './blkio-parameters.js';
export type { UpdateDeviceOptions } from './devices.js';
export type { BlockInfo, BlockIoTune, BlockResizeOptions, BlockStats, DiskError } from './block-options.js';
export type {
  AnnounceInterfaceOptions,
  DomainInterface,
  DomainIpAddress,
  InterfaceAddressesOptions,
  InterfaceParameters,
  InterfaceStats,
  IpAddressType,
} from './interface-options.js';
export type { AgentTimeout } from './agent-timeout.js';
export type {
  AbortBlockJobOptions,
  BlockCommitOptions,
  BlockCopyOptions,
  BlockJobSpeedOptions,
  BlockRebaseOptions,
} from './block-job-options.js';
export type { BlockJobInfo, BlockJobType } from './block-jobs.js';
export type {
  CheckpointXmlOptions,
  CreateCheckpointOptions,
  DeleteCheckpointOptions,
  ListCheckpointChildrenOptions,
  ListCheckpointsOptions,
} from './checkpoint-options.js';
export type { CoreDumpOptions } from './core-dump.js';
export type { DomainTime } from './domain-time.js';
export type { FdAssociateOptions, GraphicsReloadOptions, OpenGraphicsOptions } from './graphics.js';
export type { HostnameOptions, SetUserPasswordOptions } from './guest-agent.js';
export type {
  DomainFileSystem,
  FsTrimOptions,
  MountpointsOptions,
  SetAuthorizedSshKeysOptions,
} from './guest-files.js';
export type { GuestInfoOptions } from './guest-info-options.js';
export type {
  GuestAddress,
  GuestDevice,
  GuestDisk,
  GuestFileSystem,
  GuestFileSystemDisk,
  GuestInfo,
  GuestInterface,
  GuestLoad,
  GuestOs,
  GuestTimezone,
  GuestUser,
} from './guest-info.js';
export type { PmSuspendOptions, SendKeyOptions, SuspendTarget } from './guest-input.js';
export type { GuestVcpus } from './guest-vcpus.js';
export type {
  DomainControlInfo,
  DomainMessagesOptions,
  LifecycleAction,
  LifecycleType,
  SetLifecycleActionOptions,
} from './health.js';
export type { DomainJobOperation, DomainJobStats, DomainJobType } from './job-stats.js';
export type { AbortJobOptions, BeginBackupOptions, JobStatsOptions } from './jobs.js';
export type { MetadataOptions, MetadataType, SetMetadataOptions } from './metadata.js';
export type { MigrationDestination } from './migration.js';
export type {
  MigrateOptions,
  MigrateToUriOptions,
  MigrationParameters,
  MigrationSpeedOptions,
} from './migration-options.js';
export type { ProcessSignal } from './process-signals.js';
export type { QemuAgentCommandOptions, QemuMonitorAnswer, QemuMonitorCommandOptions } from './qemu.js';
export type {
  DefineManagedSaveOptions,
  ManagedSaveOptions,
  ManagedSaveXmlOptions,
  SaveDomainOptions,
} from './saved-state.js';
export type { LaunchSecurityInfo, LaunchSecurityState, SecurityLabel } from './security.js';
export type {
  CreateSnapshotOptions,
  DeleteSnapshotOptions,
  ListSnapshotChildrenOptions,
  ListSnapshotsOptions,
  RevertSnapshotOptions,
  SnapshotXmlOptions,
} from './snapshot-options.js';
export type {
  DestroyDomainOptions,
  StartDomainOptions,
  StopDomainOptions,
  UndefineDomainOptions,
} from './lifecycle.js';
export type { DomainInfo, DomainXmlOptions } from './description.js';
export type { OpenChannelOptions, OpenConsoleOptions, Screenshot, ScreenshotOptions } from './streams.js';
export type { BlockJobProgress, ProgressOptions } from './progress.js';
export type { DomainStats } from './stats.js';
export type { AllDomainStatsOptions, DomainStatsOptions, StatsGroups } from './stats-options.js';
