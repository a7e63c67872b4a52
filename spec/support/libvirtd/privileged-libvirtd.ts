import { spawnSync } from 'node:child_process';
import { PrivateLibvirtd, type DaemonCommand, type PrivateLibvirtdOptions } from './private-libvirtd.js';

// The daemon's folders are empty and in memory, and its network has one device, so it finds and changes nothing of the
// machine.
const script = `
mount --make-rprivate /
for folder in /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt /run; do
  if [ -d $folder ]; then mount -t tmpfs tmpfs $folder; fi
done
exec libvirtd "$@"`;

/**
 * A real libvirtd with root's privileges, for the drivers that need them: network filters. It has a network and folders
 * of its own.
 */
export class PrivilegedLibvirtd extends PrivateLibvirtd {
  /** Starts a daemon and resolves when it answers. */
  static override async start(options: PrivateLibvirtdOptions = {}): Promise<PrivilegedLibvirtd> {
    const libvirtd = new PrivilegedLibvirtd(options);
    await libvirtd.launch();
    return libvirtd;
  }

  /** Why none can run here, for a clear warning when the specs that need it are skipped. */
  static unavailableReason(): string | undefined {
    if (process.getuid?.() !== 0) return 'the specs do not run as root';
    const { status } = spawnSync('unshare', ['--mount', '--net', 'mount', '-t', 'tmpfs', 'tmpfs', '/run']);
    return status === 0 ? undefined : 'the system lets nobody have mounts of his own';
  }

  override get uri(): string {
    return this.uriOf('qemu', '/system');
  }

  protected override command(): DaemonCommand {
    const { args, env } = super.command();
    const own = ['--mount', '--net', 'sh', '-e', '-c', script, 'sh'];
    return { program: 'unshare', args: [...own, ...args], env, isPrivileged: true };
  }
}
