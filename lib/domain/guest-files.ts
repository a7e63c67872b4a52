import { asIs, nothing } from '../calls/answers.js';
import type { CallOptions } from '../calls/call-options.js';
import { noFlags, type Flags } from '../calls/flags.js';
import { optionalText, text, texts, unsigned64 } from '../calls/values.js';
import { DomainGuestAgent } from './guest-agent.js';

/** Which file systems of a guest are meant. */
export interface MountpointsOptions extends CallOptions {
  /** All of them unless given. */
  readonly mountpoints?: readonly string[];
}

/** What to trim of a guest's file systems. */
export interface FsTrimOptions extends CallOptions {
  /** All file systems unless given. QEMU takes none. */
  readonly mountpoint?: string;
  /** Smaller free ranges are left as they are. */
  readonly minimumBytes?: number | bigint;
}

/** How to set the keys of a user. */
export interface SetAuthorizedSshKeysOptions extends CallOptions {
  /** Adds the keys to those that are there, or removes them. Unless given, they replace those that are there. */
  readonly mode?: 'append' | 'remove';
}

/** A file system that the guest has mounted. */
export interface DomainFileSystem {
  readonly mountpoint: string | null;
  /** Its device in the guest, such as `'sda1'`. */
  readonly name: string | null;
  readonly type: string | null;
  /** The targets of its disks in the domain's definition, such as `'vda'`. */
  readonly devices: readonly string[];
}

/** libvirt's virDomainAuthorizedSSHKeysSetFlags. */
const setKeysFlags: Flags<SetAuthorizedSshKeysOptions> = { mode: { append: 1 << 0, remove: 1 << 1 } };

const mountpointsFlags: Flags<MountpointsOptions> = { mountpoints: null };
const trimFlags: Flags<FsTrimOptions> = { mountpoint: null, minimumBytes: null };

/** What the agent in the guest does with files. All of it needs a running domain, and with QEMU the agent. */
export abstract class DomainGuestFiles extends DomainGuestAgent {
  /** The file systems that the guest has mounted (virDomainGetFSInfo). */
  async fsInfo(options: CallOptions = {}): Promise<DomainFileSystem[]> {
    return this.call('virDomainGetFSInfo', 'asked for its file systems', fileSystems, [], options, noFlags);
  }

  /** Stops writes to file systems, for a snapshot (virDomainFSFreeze). Resolves with how many are frozen. */
  async fsFreeze(options: MountpointsOptions = {}): Promise<number> {
    const { mountpoints = [] } = options;
    const args = [texts('mountpoints', mountpoints)];
    return this.call('virDomainFSFreeze', 'frozen', asIs<number>, args, options, mountpointsFlags);
  }

  /** Lets writes go on after {@link fsFreeze} (virDomainFSThaw). Resolves with how many were thawed. */
  async fsThaw(options: MountpointsOptions = {}): Promise<number> {
    const { mountpoints = [] } = options;
    const args = [texts('mountpoints', mountpoints)];
    return this.call('virDomainFSThaw', 'thawed', asIs<number>, args, options, mountpointsFlags);
  }

  /** Gives the space that file systems don't use back to the host (virDomainFSTrim). */
  async fsTrim(options: FsTrimOptions = {}): Promise<void> {
    const { minimumBytes = 0 } = options;
    const args = [optionalText('mountpoint', options.mountpoint), unsigned64('minimumBytes', minimumBytes)];
    return this.call('virDomainFSTrim', 'trimmed', nothing, args, options, trimFlags);
  }

  /** The keys with which a user of the guest can log in by SSH (virDomainAuthorizedSSHKeysGet). */
  async authorizedSshKeys(user: string, options: CallOptions = {}): Promise<string[]> {
    const args = [text('user', user)];
    const participle = 'asked for SSH keys';
    return this.call('virDomainAuthorizedSSHKeysGet', participle, asIs<string[]>, args, options, noFlags);
  }

  /** Sets the keys with which a user of the guest can log in by SSH (virDomainAuthorizedSSHKeysSet). */
  async setAuthorizedSshKeys(
    user: string,
    keys: readonly string[],
    options: SetAuthorizedSshKeysOptions = {},
  ): Promise<void> {
    const args = [text('user', user), texts('keys', keys)];
    return this.call('virDomainAuthorizedSSHKeysSet', 'given SSH keys', nothing, args, options, setKeysFlags);
  }
}

function fileSystems(
  found: readonly (readonly [string | null, string | null, string | null, readonly string[]])[],
): DomainFileSystem[] {
  return found.map(([mountpoint, name, type, devices]) => ({ mountpoint, name, type, devices }));
}
