import { randomUUID } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { DaemonProcess } from '../libvirtd/daemon-process.js';
import {
  PrivateLibvirtd,
  type DaemonCommand,
  type PrivateLibvirtdOptions,
} from '../libvirtd/private-libvirtd.js';
import { processEnd, processesMentioning } from '../libvirtd/process-state.js';
import { virsh } from '../virsh/virsh.js';

/**
 * A real libvirtd with the QEMU driver, as private as {@link PrivateLibvirtd}. It is a session daemon with a home of
 * its own, so it needs no root, and it neither sees nor disturbs the machine's own guests. Its guests are emulated in
 * software, so it needs no KVM. The guests have no operating system.
 */
export class QemuHost extends PrivateLibvirtd {
  protected constructor(options: PrivateLibvirtdOptions) {
    // Guests can migrate between two hosts on one machine only if the hosts have different UUIDs.
    super({ ...options, configuration: [`host_uuid = "${randomUUID()}"`, ...(options.configuration ?? [])] });
    this.directory.makeDirectory('etc', 'libvirt');
    // Otherwise libvirtd starts a virtlogd, which would still run after libvirtd has ended.
    this.directory.writeFile('etc/libvirt/qemu.conf', 'stdio_handler = "file"\n');
  }

  /** Starts a daemon. Resolves when it answers and has probed QEMU. */
  static override async start(options: PrivateLibvirtdOptions = {}): Promise<QemuHost> {
    const host = new QemuHost(options);
    await host.launch();
    try {
      await virsh(host.uri, 'domcapabilities', '--virttype', 'qemu', '--arch', 'x86_64');
    } catch (error) {
      await host.stop();
      throw error;
    }
    return host;
  }

  /** Why no guest can run here, for a clear warning when the specs that need a guest are skipped. */
  static unavailableReason(): string | undefined {
    const missing = ['libvirtd', 'virsh', 'qemu-system-x86_64', 'qemu-img', 'setpriv'].filter(
      (program) => !isInstalled(program),
    );
    return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
  }

  override get uri(): string {
    return this.uriOf('qemu', '/session');
  }

  /** The URI of libvirt's test driver in the same daemon. */
  get testUri(): string {
    return super.uri;
  }

  /** Ends the daemon and its guests, and removes the directory. Does nothing the second time. */
  override async stop(): Promise<void> {
    const processes = this.#processes(/libvirtd$|qemu-/);
    await super.stop();
    await Promise.all(processes.map((pid) => processEnd(pid)));
  }

  protected override command(): DaemonCommand {
    const { program, args, env } = super.command();
    const withHome = { ...env, XDG_CONFIG_HOME: this.directory.join('etc') };
    // The kernel kills the daemon when tini ends, and tini when the specs end, for any reason.
    const child = ['setpriv', '--pdeathsig', 'KILL', '--', program, ...args];
    // libvirt waits until the QEMU that it has probed is gone. Without tini, process 1 has to reap that QEMU. If
    // process 1 is slow, every probe then takes half a minute.
    return isInstalled('tini')
      ? { program: 'tini', args: ['-s', '--', ...child], env: withHome }
      : { program, args, env: withHome };
  }

  protected override daemonPid(_daemon: DaemonProcess): number {
    return Number(readFileSync(this.pidFilePath, 'utf8'));
  }

  protected override cleanUpNow(): void {
    // libvirtd is killed first, so that it can't start another QEMU. tini has put it into a process group of its own.
    // Each QEMU has a session of its own: libvirt wants it to survive when libvirtd crashes.
    for (const program of [/libvirtd$/, /qemu-/]) {
      for (const pid of this.#processes(program)) killIfThere(pid);
    }
    super.cleanUpNow();
  }

  #processes(program: RegExp): number[] {
    return processesMentioning(this.directory.path, program);
  }
}

/** A guest may end by itself meanwhile. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether a program is on the PATH. */
export function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
