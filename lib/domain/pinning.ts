import { asIs, nothing, toBigInt, wordOf } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { cpuSetsOf, cpusOf, mapBytes, mapOf } from '../calls/cpu-set.js';
import { timeLeft } from '../calls/time-left.js';
import { unsigned } from '../calls/values.js';
import { LibvirtError } from '../errors.js';
import { vcpuStates, type VcpuInfo } from './cpu-options.js';
import { DomainCpus } from './cpus.js';
import { impactFlags, type ImpactOptions } from './impact.js';

/** On which of the host's cpus a domain may be. */
export abstract class DomainPinning extends DomainCpus {
  /**
   * The vcpus of a running domain, and where each of them is (virDomainGetVcpus). Of a domain that doesn't run,
   * {@link vcpuPins} tells where they may be.
   */
  async vcpus(options: CallOptions = {}): Promise<VcpuInfo[]> {
    const name = 'virDomainGetVcpus';
    const left = timeLeft(name, options);
    const [count, bytes] = await Promise.all([this.#vcpuCount(left()), this.#mapBytes(left)]);
    return this.call(name, 'asked for its vcpus', vcpuInfosIn(bytes), [count, bytes], left());
  }

  /**
   * On which of the host's cpus each vcpu may be (virDomainGetVcpuPinInfo). The index is the number of the vcpu. A vcpu
   * that isn't pinned may be on all of them.
   */
  async vcpuPins(options: ImpactOptions = {}): Promise<number[][]> {
    const name = 'virDomainGetVcpuPinInfo';
    const left = timeLeft(name, options, impactFlags);
    const [count, bytes] = await Promise.all([this.#vcpuCount(left()), this.#mapBytes(left)]);
    const read = (maps: Uint8Array) => cpuSetsOf(maps, bytes);
    return this.call(name, 'asked where its vcpus may be', read, [count, bytes], left(), impactFlags);
  }

  /** Sets on which of the host's cpus a vcpu may be (virDomainPinVcpuFlags). */
  async pinVcpu(vcpu: number, cpus: readonly number[], options: ImpactOptions = {}): Promise<void> {
    const args = [unsigned('vcpu', vcpu), mapOf('cpus', cpus)];
    return this.call('virDomainPinVcpuFlags', 'pinned', nothing, args, options, impactFlags);
  }

  /**
   * On which of the host's cpus the emulator may be: the process of the domain, without its vcpus
   * (virDomainGetEmulatorPinInfo). Null when it isn't pinned; some hypervisors then answer with all cpus.
   */
  async emulatorPin(options: ImpactOptions = {}): Promise<number[] | null> {
    const name = 'virDomainGetEmulatorPinInfo';
    const left = timeLeft(name, options, impactFlags);
    const args = [await this.#mapBytes(left)];
    return this.call(name, 'asked where its emulator may be', cpusOrNull, args, left(), impactFlags);
  }

  /** Sets on which of the host's cpus the emulator may be (virDomainPinEmulator). */
  async pinEmulator(cpus: readonly number[], options: ImpactOptions = {}): Promise<void> {
    const args = [mapOf('cpus', cpus)];
    return this.call('virDomainPinEmulator', 'pinned', nothing, args, options, impactFlags);
  }

  /** How many vcpus there can be. */
  async #vcpuCount(options: ImpactOptions): Promise<number> {
    const name = 'virDomainGetVcpusFlags';
    return this.call(name, 'asked for its vcpus', asIs<number>, [], options, impactFlags, maximum);
  }

  /** How many bytes a map of the host's cpus has. The cpus that are offline count too. */
  async #mapBytes(left: () => CallOptions): Promise<number> {
    try {
      const read = ([, total]: readonly [Uint8Array, number]) => mapBytes(total);
      return await this.callHost('virNodeGetCPUMap', 'asked for the cpus of its host', read, [0], left());
    } catch (error) {
      // Some hypervisors have only the other function.
      if (!(error instanceof LibvirtError && error.code === 'VIR_ERR_NO_SUPPORT')) throw error;
      return this.callHost('virNodeGetInfo', 'asked for the cpus of its host', mapBytesOfNode, [], left());
    }
  }
}

/** libvirt's VIR_DOMAIN_VCPU_MAXIMUM. */
const maximum = 1 << 2;

/** The fields of libvirt's virNodeInfo. */
type NodeFields = readonly [
  model: string,
  memory: number | bigint,
  cpus: number,
  mhz: number,
  nodes: number,
  sockets: number,
  cores: number,
  threads: number,
];

function mapBytesOfNode([, , , , nodes, sockets, cores, threads]: NodeFields): number {
  return mapBytes(nodes * sockets * cores * threads);
}

const vcpuState = wordOf(vcpuStates);

/** The fields of libvirt's virVcpuInfo. */
type VcpuFields = readonly [number: number, state: number, cpuTime: number | bigint, cpu: number];

function vcpuInfosIn(bytes: number): (found: readonly [VcpuFields[], Uint8Array]) => VcpuInfo[] {
  return ([infos, maps]) => {
    const sets = cpuSetsOf(maps, bytes);
    return infos.map(([number, state, cpuTimeNs, cpu], index) => ({
      number,
      state: vcpuState(state),
      cpuTimeNs: toBigInt(cpuTimeNs),
      cpu: cpu < 0 ? null : cpu,
      usableCpus: sets[index] ?? [],
    }));
  };
}

function cpusOrNull(map: Uint8Array): number[] | null {
  return map.length === 0 ? null : cpusOf(map);
}
