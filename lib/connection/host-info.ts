import { asIs, exactNumber, nothing, yesOrNo } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { parametersAs, parametersOf, type Parameters } from '../calls/parameters.js';
import { oneOf, optionalText, unsigned, unsigned64 } from '../calls/values.js';
import { suspendTargets, type SuspendTarget } from '../domain/guest-input.js';
import { FindsObjects } from './finds-objects.js';

/** The hardware of a host. */
export interface NodeInfo {
  /** The model of its cpus, for example `'x86_64'`. */
  readonly model: string;
  readonly memoryKiB: number;
  /** Cpus that are online. */
  readonly cpus: number;
  /** 0 when it is unknown. */
  readonly mhz: number;
  /** NUMA nodes; 1 where the host has an unusual topology, which its capabilities show. */
  readonly numaNodes: number;
  /** Of each NUMA node. */
  readonly socketsPerNode: number;
  readonly coresPerSocket: number;
  readonly threadsPerCore: number;
}

/** How a host keeps guests apart from each other, for example `{ model: 'selinux', doi: '0' }`. */
export interface SecurityModel {
  /** Empty when there is none. */
  readonly model: string;
  /** The domain of interpretation. */
  readonly doi: string;
}

/** AMD's memory encryption on a host. */
export interface SevInfo {
  /** The platform's Diffie-Hellman key, in base64. */
  readonly platformKey: string;
  /** The platform's chain of certificates, in base64. */
  readonly certificateChain: string;
  readonly cpu0Id?: string;
  readonly cBitPosition: number;
  readonly reducedPhysicalBits: number;
  readonly maxGuests?: number;
  readonly maxEsGuests?: number;
}

/** Which domain's capabilities to ask for; the hypervisor's default for what isn't given. */
export interface DomainCapabilitiesOptions extends CallOptions {
  /** The path of the emulator. */
  readonly emulator?: string;
  /** For example `'x86_64'`. */
  readonly arch?: string;
  /** For example `'q35'`. */
  readonly machine?: string;
  /** For example `'kvm'`. */
  readonly virtType?: string;
  /** Turns features of cpu models off that the hypervisor has deprecated. Needs libvirt 11.0. */
  readonly disableDeprecatedFeatures?: boolean;
  /** Lists all features of the cpu that the host's mode gives. Needs libvirt 12.2. */
  readonly expandCpuFeatures?: boolean;
  /** Lists the features that the hypervisor knows. Needs libvirt 12.5. */
  readonly supportedCpuFeatures?: boolean;
}

/** On whose behalf the calls of a connection are made, for a daemon that trusts this program. */
export interface ConnectionIdentity {
  readonly userName?: string;
  readonly unixUserId?: bigint | number;
  readonly groupName?: string;
  readonly unixGroupId?: bigint | number;
  readonly processId?: number;
  /** When that process started, in the units of `/proc/<pid>/stat`. */
  readonly processTime?: bigint | number;
  readonly saslUserName?: string;
  readonly x509DistinguishedName?: string;
  readonly selinuxContext?: string;
}

/** libvirt's virConnectGetDomainCapabilitiesFlags. */
const domainCapabilitiesFlags: Flags<DomainCapabilitiesOptions> = {
  emulator: null,
  arch: null,
  machine: null,
  virtType: null,
  disableDeprecatedFeatures: 1 << 0,
  expandCpuFeatures: 1 << 1,
  supportedCpuFeatures: 1 << 2,
};

const sevParameters: Parameters<SevInfo> = {
  platformKey: ['pdh', 'string'],
  certificateChain: ['cert-chain', 'string'],
  cpu0Id: ['cpu0-id', 'string'],
  cBitPosition: ['cbitpos', 'uint'],
  reducedPhysicalBits: ['reduced-phys-bits', 'uint'],
  maxGuests: ['max-guests', 'uint'],
  maxEsGuests: ['max-es-guests', 'uint'],
};

const identityParameters: Parameters<ConnectionIdentity> = {
  userName: ['user-name', 'string'],
  unixUserId: ['unix-user-id', 'bigint'],
  groupName: ['group-name', 'string'],
  unixGroupId: ['unix-group-id', 'bigint'],
  processId: ['process-id', 'llong'],
  processTime: ['process-time', 'bigint'],
  saslUserName: ['sasl-user-name', 'string'],
  x509DistinguishedName: ['x509-distinguished-name', 'string'],
  selinuxContext: ['selinux-context', 'string'],
};

/** What a host is, and how a connection reaches it. */
export abstract class HostInfo extends FindsObjects {
  /** The name of the host (virConnectGetHostname). */
  async hostname(options: CallOptions = {}): Promise<string> {
    return this.call('virConnectGetHostname', 'asked for its name', asIs<string>, [], options);
  }

  /** What the host and its hypervisor can do, in libvirt's XML (virConnectGetCapabilities). */
  async capabilities(options: CallOptions = {}): Promise<string> {
    return this.call('virConnectGetCapabilities', 'asked what it can do', asIs<string>, [], options);
  }

  /** What a domain can have on this host, in libvirt's XML (virConnectGetDomainCapabilities). */
  async domainCapabilities(options: DomainCapabilitiesOptions = {}): Promise<string> {
    const args = [
      optionalText('emulator', options.emulator),
      optionalText('arch', options.arch),
      optionalText('machine', options.machine),
      optionalText('virtType', options.virtType),
    ];
    return this.call(
      'virConnectGetDomainCapabilities',
      'asked what domains can have',
      asIs<string>,
      args,
      options,
      domainCapabilitiesFlags,
    );
  }

  /** Its hardware (virNodeGetInfo). */
  async nodeInfo(options: CallOptions = {}): Promise<NodeInfo> {
    return this.call('virNodeGetInfo', 'asked for its hardware', nodeInfo, [], options);
  }

  /** What its firmware says about it, in libvirt's XML (virConnectGetSysinfo). */
  async sysinfo(options: CallOptions = {}): Promise<string> {
    return this.call('virConnectGetSysinfo', 'asked for its SMBIOS', asIs<string>, [], options, noFlags);
  }

  /** The version of the libvirt of the other side, for example `'9.0.0'` (virConnectGetLibVersion). */
  async libvirtVersion(options: CallOptions = {}): Promise<string> {
    return this.call('virConnectGetLibVersion', 'asked for its libvirt', version, [], options);
  }

  /** The version of the hypervisor, for example `'7.2.0'` (virConnectGetVersion). */
  async hypervisorVersion(options: CallOptions = {}): Promise<string> {
    return this.call('virConnectGetVersion', 'asked for its hypervisor', version, [], options);
  }

  /** The name of the driver, for example `'QEMU'` (virConnectGetType). */
  async hypervisorType(options: CallOptions = {}): Promise<string> {
    return this.call('virConnectGetType', 'asked for its hypervisor', asIs<string>, [], options);
  }

  /**
   * Whether the connection is still open, as far as libvirt knows (virConnectIsAlive). `closed` says when it ends, so
   * there is no need to ask.
   */
  async isAlive(options: CallOptions = {}): Promise<boolean> {
    return this.call('virConnectIsAlive', 'asked whether it is alive', yesOrNo, [], options);
  }

  /** Whether nobody else can read the connection, and change it (virConnectIsEncrypted). */
  async isEncrypted(options: CallOptions = {}): Promise<boolean> {
    return this.call('virConnectIsEncrypted', 'asked whether it is encrypted', yesOrNo, [], options);
  }

  /** Whether it is encrypted, or stays on this machine (virConnectIsSecure). */
  async isSecure(options: CallOptions = {}): Promise<boolean> {
    return this.call('virConnectIsSecure', 'asked whether it is secure', yesOrNo, [], options);
  }

  /** How the host keeps its guests apart (virNodeGetSecurityModel). */
  async securityModel(options: CallOptions = {}): Promise<SecurityModel> {
    return this.call('virNodeGetSecurityModel', 'asked for its security model', securityModel, [], options);
  }

  /** AMD's memory encryption, where the host has it (virNodeGetSEVInfo). */
  async sevInfo(options: CallOptions = {}): Promise<SevInfo> {
    const read = parametersAs<SevInfo>(sevParameters);
    return this.call('virNodeGetSEVInfo', 'asked for its memory encryption', read, [], options, noFlags);
  }

  /**
   * Lets the host sleep for some seconds, at least 60 (virNodeSuspendForDuration). Resolves when it is about to sleep.
   */
  async suspendFor(
    target: SuspendTarget,
    durationSeconds: number | bigint,
    options: CallOptions = {},
  ): Promise<void> {
    const args = [oneOf('target', target, suspendTargets), unsigned64('durationSeconds', durationSeconds)];
    return this.call('virNodeSuspendForDuration', 'suspended', nothing, args, options, noFlags);
  }

  /** Says on whose behalf the next calls are made (virConnectSetIdentity). */
  async setIdentity(identity: ConnectionIdentity, options: CallOptions = {}): Promise<void> {
    const args = [parametersOf('setIdentity', identity, identityParameters)];
    if (identity.processId !== undefined) unsigned('processId', identity.processId);
    return this.call('virConnectSetIdentity', 'given an identity', nothing, args, options, noFlags);
  }
}

function nodeInfo([model, memoryKiB, cpus, mhz, numaNodes, sockets, cores, threads]: readonly [
  string,
  number | bigint,
  number,
  number,
  number,
  number,
  number,
  number,
]): NodeInfo {
  return {
    model,
    memoryKiB: exactNumber(memoryKiB),
    cpus,
    mhz,
    numaNodes,
    socketsPerNode: sockets,
    coresPerSocket: cores,
    threadsPerCore: threads,
  };
}

function securityModel([model, doi]: readonly [string, string]): SecurityModel {
  return { model, doi };
}

/** A version as libvirt's functions write it: 9001002 is 9.1.2. */
function version(number: number): string {
  return [number / 1_000_000, (number / 1000) % 1000, number % 1000].map(Math.trunc).join('.');
}
