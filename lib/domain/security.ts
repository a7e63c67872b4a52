import { nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags } from '../calls/flags.js';
import { parametersAs, parametersOf, type Parameters } from '../calls/parameters.js';
import { DomainHealth } from './health.js';

/** What a security driver of the host, such as SELinux, has given a domain. */
export interface SecurityLabel {
  readonly label: string;
  /** Whether the host keeps the domain to it. */
  readonly enforcing: boolean;
}

/** How the memory of a domain is kept secret from its host. Which fields there are depends on the host. */
export interface LaunchSecurityInfo {
  /** The measurement of the guest, in base64. */
  readonly sevMeasurement?: string;
  readonly sevApiMajor?: number;
  readonly sevApiMinor?: number;
  readonly sevBuildId?: number;
  readonly sevPolicy?: number;
  /** The policy of SEV-SNP. Needs libvirt 10.5. */
  readonly sevSnpPolicy?: bigint;
}

/** A secret for a guest that was measured. */
export interface LaunchSecurityState {
  /** In base64. */
  readonly sevSecretHeader?: string;
  /** In base64, encrypted. */
  readonly sevSecret?: string;
  /** Where the guest finds it in its memory. The hypervisor chooses unless it is given. */
  readonly sevSecretSetAddress?: number | bigint;
}

const infoParameters: Parameters<LaunchSecurityInfo> = {
  sevMeasurement: ['sev-measurement', 'string'],
  sevApiMajor: ['sev-api-major', 'uint'],
  sevApiMinor: ['sev-api-minor', 'uint'],
  sevBuildId: ['sev-build-id', 'uint'],
  sevPolicy: ['sev-policy', 'uint'],
  sevSnpPolicy: ['sev-snp-policy', 'bigint'],
};

const stateParameters: Parameters<LaunchSecurityState> = {
  sevSecretHeader: ['sev-secret-header', 'string'],
  sevSecret: ['sev-secret', 'string'],
  sevSecretSetAddress: ['sev-secret-set-address', 'bigint'],
};

const launchSecurityInfo = parametersAs<LaunchSecurityInfo>(infoParameters);

/** What protects a domain, and the host from it. */
export abstract class DomainSecurity extends DomainHealth {
  /** One label for each security driver that its host has (virDomainGetSecurityLabelList). The domain has to run. */
  async securityLabels(options: CallOptions = {}): Promise<SecurityLabel[]> {
    const participle = 'asked for its security labels';
    return this.call('virDomainGetSecurityLabelList', participle, securityLabels, [], options);
  }

  /** What is known of the protection of its memory (virDomainGetLaunchSecurityInfo). Only some hosts have that. */
  async launchSecurityInfo(options: CallOptions = {}): Promise<LaunchSecurityInfo> {
    const participle = 'asked for its launch security';
    return this.call('virDomainGetLaunchSecurityInfo', participle, launchSecurityInfo, [], options, noFlags);
  }

  /** Gives a secret to a guest that was started paused (virDomainSetLaunchSecurityState). Needs libvirt 8.0. */
  async setLaunchSecurityState(state: LaunchSecurityState, options: CallOptions = {}): Promise<void> {
    const args = [parametersOf('setLaunchSecurityState', state, stateParameters)];
    const participle = 'given a secret';
    return this.call('virDomainSetLaunchSecurityState', participle, nothing, args, options, noFlags);
  }
}

const securityLabels = (found: readonly (readonly [string, number])[]): SecurityLabel[] =>
  found.map(([label, enforcing]) => ({ label, enforcing: enforcing !== 0 }));
