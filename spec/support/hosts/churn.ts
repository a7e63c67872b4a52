import { execFile } from 'node:child_process';
import type { PrivateLibvirtd } from '../libvirtd/private-libvirtd.js';
import { testDomainXml } from '../test-domain-xml.js';
import { virshEnvironment } from '../virsh/virsh.js';

const names = ['churn-a', 'churn-b', 'churn-c', 'churn-d', 'churn-e'];
const commandsAtOnce = 10;
const limitMs = 15_000;

/**
 * Defines, starts, suspends, stops and undefines domains and networks at random, as fast as virsh does it. Each few
 * commands are a virsh of their own, so a daemon that comes back is found again.
 */
export class Churn {
  readonly #uri: string;
  readonly #files: ReadonlyMap<string, string>;
  readonly #random: () => number;
  #isWanted = false;
  #running = Promise.resolve();
  /** How many commands virsh was given. */
  commands = 0;

  /** @param random Returns numbers from 0 to below 1. */
  constructor(libvirtd: PrivateLibvirtd, random: () => number = Math.random) {
    this.#uri = libvirtd.uri;
    this.#random = random;
    const file = (name: string, xml: string) =>
      [name, libvirtd.directory.writeFile(`${name}.xml`, xml)] as const;
    this.#files = new Map([
      ...names.map((name) => file(name, testDomainXml(name))),
      file('churn-net', "<network><name>churn-net</name><forward mode='nat'/></network>"),
    ]);
  }

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#running = this.#run();
  }

  /** Resolves when the last command has ended. From then on, nothing changes. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isWanted) {
      const commands = Array.from({ length: commandsAtOnce }, () => this.#command());
      this.commands += commands.length;
      await new Promise<void>((resolve) => {
        // Many commands fail: the domain is not there, or it runs already, or the daemon is gone.
        execFile(
          'virsh',
          ['--connect', this.#uri, '--quiet', commands.join('; ')],
          { env: virshEnvironment(), timeout: limitMs, killSignal: 'SIGKILL' },
          () => resolve(),
        );
      });
    }
  }

  #command(): string {
    const pick = <T>(all: readonly T[]) => all[Math.floor(this.#random() * all.length)] as T;
    if (this.#random() < 0.15) {
      const command = pick(['net-define', 'net-start', 'net-destroy', 'net-undefine']);
      return `${command} ${command === 'net-define' ? this.#file('churn-net') : 'churn-net'}`;
    }
    const name = pick(names);
    const command = pick(['define', 'create', 'start', 'start', 'suspend', 'resume', 'destroy', 'undefine']);
    return `${command} ${command === 'define' || command === 'create' ? this.#file(name) : name}`;
  }

  #file(name: string): string {
    return this.#files.get(name) ?? '';
  }
}
