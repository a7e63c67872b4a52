import { execFile } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { diskXml, domainXml, type DomainOptions } from './domain-xml.js';
import { bootableImage, guestPrograms, type GuestProgramName } from './guest-program.js';
import { processesMentioning } from '../libvirtd/process-state.js';
import type { QemuHost } from './qemu-host.js';
import { unprivilegedUser } from '../libvirtd/rig-directory.js';
import { virsh } from '../virsh/virsh.js';

const run = promisify(execFile);

export type GuestOptions = Omit<DomainOptions, 'name'> & {
  /** The program that the guest runs, from a disk hda. */
  program?: GuestProgramName;
};

/** One domain of a {@link QemuHost}, identified by its name. The domain need not exist yet. */
export class Guest implements AsyncDisposable {
  constructor(
    readonly host: QemuHost,
    readonly name: string,
  ) {}

  /** A path in the host's directory that only this guest uses. */
  path(suffix: string): string {
    return this.host.directory.join(`${this.name}-${suffix}`);
  }

  xml({ program, devices = [], ...options }: GuestOptions = {}): string {
    const bootDisk = program === undefined ? [] : [this.#bootDisk(program)];
    return domainXml({ ...options, name: this.name, devices: [...bootDisk, ...devices] });
  }

  /** Starts a transient domain that stays paused. That is enough for events for which the guest does nothing. */
  async createPaused(options: GuestOptions = {}): Promise<void> {
    await this.create(options, '--paused');
  }

  /** Starts the domain paused, and then resumes it. So the events of its program come after the domain's start. */
  async boot(options: GuestOptions): Promise<void> {
    await this.createPaused(options);
    await this.virsh('resume');
  }

  /** Starts the guest as a transient domain. */
  async create(options: GuestOptions = {}, ...flags: readonly string[]): Promise<void> {
    await virsh(this.host.uri, 'create', this.write('domain.xml', this.xml(options)), ...flags);
  }

  /** Makes the guest a persistent domain, or changes its definition. */
  async define(options: GuestOptions = {}): Promise<void> {
    await virsh(this.host.uri, 'define', this.write('domain.xml', this.xml(options)));
  }

  /** Runs a virsh command whose first argument is this domain, such as `virsh('suspend')`. */
  async virsh(command: string, ...args: readonly string[]): Promise<string> {
    return virsh(this.host.uri, command, this.name, ...args);
  }

  /** The process id of the guest's QEMU. */
  get emulatorPid(): number {
    const namesakes = processesMentioning(`guest=${this.name},`, /qemu-system/);
    const pid = processesMentioning(this.host.directory.path, /qemu-system/).find((it) =>
      namesakes.includes(it),
    );
    if (pid === undefined) throw new Error(`${this.name} has no QEMU`);
    return pid;
  }

  /** Writes a file for this guest, and returns its path. */
  write(suffix: string, content: string | Uint8Array): string {
    return this.host.directory.writeFile(`${this.name}-${suffix}`, content);
  }

  /** Makes an empty qcow2 image and returns its path. */
  async image(suffix: string, size = '4M'): Promise<string> {
    const path = this.path(suffix);
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', path, size], { ...unprivilegedUser });
    return path;
  }

  /** Removes the domain, whatever state it is in, and its files. */
  async remove(): Promise<void> {
    // Each command fails when it has nothing to do.
    await this.virsh('destroy').catch(() => undefined);
    await this.virsh('undefine', '--managed-save', '--snapshots-metadata').catch(() => undefined);
    const { path } = this.host.directory;
    const files = readdirSync(path).filter((file) => file.startsWith(`${this.name}-`));
    for (const file of files) rmSync(join(path, file), { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remove();
  }

  #bootDisk(program: GuestProgramName): string {
    const file = this.write(`${program}.img`, bootableImage(guestPrograms[program]));
    return diskXml({ file, target: 'hda', bus: 'ide', format: 'raw' });
  }
}
