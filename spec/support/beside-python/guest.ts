import type { Comparison } from './comparison.js';
import type { ComparedDomain } from './domain.js';

/** What a guest tells of itself. */
export const guestComparisons: readonly Comparison<ComparedDomain>[] = [
  {
    call: 'virDomainInterfaceAddresses',
    python: `[{'name': name, 'mac': each['hwaddr'], 'addresses': [{'type': word(address['type'], 'ipv4 ipv6'),
      'address': address['addr'], 'prefix': address['prefix']} for address in each['addrs'] or []]}
      for name, each in dom.interfaceAddresses(source).items()]`,
    rxvirt: ({ domain, nic }) =>
      domain.interfaceAddresses({ source: nic === 'testnet0' ? 'lease' : 'agent' }),
  },
  { call: 'virDomainGetHostname', python: 'dom.hostname()', rxvirt: ({ domain }) => domain.hostname() },
  {
    call: 'virDomainGetTime',
    python: "renamed(dom.getTime(), 'seconds:seconds nseconds:nanoseconds')",
    rxvirt: ({ domain }) => domain.time(),
  },
  {
    call: 'virDomainGetFSInfo',
    python: "[named(each, 'mountpoint name type devices') for each in dom.fsInfo()]",
    rxvirt: ({ domain }) => domain.fsInfo(),
  },
];

/** What only QEMU's agent tells, and QEMU itself. */
export const agentComparisons: readonly Comparison<ComparedDomain>[] = [
  {
    call: 'virDomainGetGuestVcpus',
    python: '{name: numbers(list) for name, list in dom.guestVcpus().items()}',
    rxvirt: ({ domain }) => domain.guestVcpus(),
  },
  {
    call: 'virDomainGetVcpusFlags',
    python: 'dom.vcpusFlags(libvirt.VIR_DOMAIN_VCPU_GUEST)',
    rxvirt: ({ domain }) => domain.vcpuCount({ guest: true }),
  },
  {
    call: 'virDomainGetGuestInfo',
    python: `(lambda found: {
      'users': [branch(found, 'user.0.', 'name:name domain:domain login-time:loginTimeMs')],
      'os': branch(found, 'os.', 'id:id name:name pretty-name:prettyName version:version version-id:versionId '
        'kernel-release:kernelRelease kernel-version:kernelVersion machine:machine variant:variant '
        'variant-id:variantId'),
      'timezone': branch(found, 'timezone.', 'name:name offset:offsetSeconds'),
      'hostname': found['hostname']})(dom.guestInfo(libvirt.VIR_DOMAIN_GUEST_INFO_USERS |
      libvirt.VIR_DOMAIN_GUEST_INFO_OS | libvirt.VIR_DOMAIN_GUEST_INFO_TIMEZONE |
      libvirt.VIR_DOMAIN_GUEST_INFO_HOSTNAME))`,
    rxvirt: ({ domain }) => domain.guestInfo({ users: true, os: true, timezone: true, hostname: true }),
  },
  {
    call: 'virDomainAuthorizedSSHKeysGet',
    python: "dom.authorizedSSHKeysGet('root')",
    rxvirt: ({ domain }) => domain.authorizedSshKeys('root'),
  },
  {
    call: 'virDomainQemuAgentCommand',
    python: `libvirt_qemu.qemuAgentCommand(dom, '{"execute": "guest-get-timezone"}', -2, 0)`,
    rxvirt: ({ domain }) => domain.qemuAgentCommand('{"execute": "guest-get-timezone"}'),
  },
  {
    call: 'virDomainQemuMonitorCommand',
    python:
      "libvirt_qemu.qemuMonitorCommand(dom, 'info version', libvirt_qemu.VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP)",
    rxvirt: ({ domain }) => domain.qemuMonitorCommand('info version', { hmp: true }),
  },
];
