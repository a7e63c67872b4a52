import { randomUUID } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { DaemonProcess } from '../libvirtd/daemon-process.js';
import { PrivateLibvirtd, type PrivateLibvirtdOptions } from '../libvirtd/private-libvirtd.js';
import { processEnd, processesMentioning } from '../libvirtd/process-state.js';
import { virsh } from '../virsh/virsh.js';

/**
 * A real libvirtd with the QEMU driver, as private as {@link PrivateLibvirtd}: it is a session daemon with a home of
 * its own, so it needs neither root nor KVM, and neither sees nor disturbs the machine's own guests. Its guests are
 * emulated in software and have no operating system.
 */
export class QemuHost extends PrivateLibvirtd {
  protected constructor(options: PrivateLibvirtdOptions) {
    // Two hosts of one machine may migrate to each other only if their UUIDs differ.
    super({ ...options, configuration: [`host_uuid = "${randomUUID()}"`, ...(options.configuration ?? [])] });
    this.directory.makeDirectory('etc', 'libvirt');
    // Otherwise libvirtd starts a virtlogd, which would outlive it.
    this.directory.writeFile('etc/libvirt/qemu.conf', 'stdio_handler = "file"\n');
  }

  /** Starts a daemon and resolves when it answers and QEMU has been probed. */
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

  /** Why no guest can run here, for a loud line before the specs that need one are left pending. */
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

  /** Ends daemon and guests, and removes the directory. Does nothing the second time. */
  override async stop(): Promise<void> {
    const processes = this.#processes(/libvirtd$|qemu-/);
    await super.stop();
    await Promise.all(processes.map((pid) => processEnd(pid)));
  }

  protected override command(): { program: string; args: string[]; env: NodeJS.ProcessEnv } {
    const { program, args, env } = super.command();
    const withHome = { ...env, XDG_CONFIG_HOME: this.directory.join('etc') };
    // The daemon goes with tini, as tini goes with the specs, whatever ends them.
    const child = ['setpriv', '--pdeathsig', 'KILL', '--', program, ...args];
    // libvirt waits until the QEMU that it has probed is gone, and that is for process 1 to reap unless a nearer
    // process takes its place. Where process 1 is slow, every probe takes half a minute without this.
    return isInstalled('tini')
      ? { program: 'tini', args: ['-s', '--', ...child], env: withHome }
      : { program, args, env: withHome };
  }

  protected override daemonPid(_daemon: DaemonProcess): number {
    return Number(readFileSync(this.pidFilePath, 'utf8'));
  }

  protected override cleanUpNow(): void {
    // First libvirtd, which tini has put into a group of its own, so that it starts no further QEMU. QEMU runs in
    // sessions of its own, on purpose: it outlives a libvirtd that crashes.
    for (const program of [/libvirtd$/, /qemu-/]) {
      for (const pid of this.#processes(program)) process.kill(pid, 'SIGKILL');
    }
    super.cleanUpNow();
  }

  #processes(program: RegExp): number[] {
    return processesMentioning(this.directory.path, program);
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
