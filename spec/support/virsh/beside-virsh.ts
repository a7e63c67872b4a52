import type { Observable } from 'rxjs';
import type { LibvirtEvent } from '../../../lib/index.js';
import { Listener } from '../connection/listener.js';
import { printedByVirsh } from './printed-by-virsh.js';
import type { VirshEvent, VirshEventCategory } from './virsh-event-lines.js';
import { VirshEvents } from './virsh-events.js';

/** Which events virsh prints. */
export interface VirshChoice {
  readonly category: VirshEventCategory;
  /** The type of the events, as for {@link VirshEvents.start}. */
  readonly type?: string;
  /** More options of virsh's command, such as `--domain`. */
  readonly filter?: readonly string[];
}

/** The events that rxvirt and virsh saw, both written as virsh prints them. */
export interface Testimony {
  readonly rxvirt: readonly VirshEvent[];
  readonly virsh: readonly VirshEvent[];
}

/** A stream of rxvirt, and virsh on the same daemon at the same time. */
export class BesideVirsh implements AsyncDisposable {
  #rxvirtFrom = 0;
  #virshFrom = 0;

  private constructor(
    readonly virsh: VirshEvents,
    readonly rxvirt: Listener<LibvirtEvent>,
  ) {}

  /** Resolves when the daemon has acknowledged the registrations of both. */
  static async start(
    uri: string,
    { category, type, filter }: VirshChoice,
    stream: (options: { readonly onRegistered: () => void }) => Observable<LibvirtEvent>,
  ): Promise<BesideVirsh> {
    const virsh = await VirshEvents.start(uri, category, type, filter);
    try {
      return new BesideVirsh(virsh, await Listener.on(stream));
    } catch (error) {
      await virsh.stop();
      throw error;
    }
  }

  /** Both sides, to be shown when a spec fails. */
  get log(): string {
    const heard = this.rxvirt.events.map((event) => JSON.stringify(event));
    return ['virsh:', this.virsh.log, 'rxvirt:', ...heard].join('\n');
  }

  /** Resolves with what both have seen since the last call, up to and including a last event that both must see. */
  async upTo(isLast: (event: VirshEvent) => boolean): Promise<Testimony> {
    const old = new Set(this.virsh.seen.slice(0, this.#virshFrom));
    const printed = await this.virsh.first((event) => isLast(event) && !old.has(event));
    const virsh = this.virsh.seen.slice(this.#virshFrom, this.virsh.seen.indexOf(printed) + 1);
    const heard = await this.rxvirt.indexOf((event) => isLast(printedByVirsh(event)), this.#rxvirtFrom);
    const rxvirt = this.rxvirt.events.slice(this.#rxvirtFrom, heard + 1).map(printedByVirsh);
    this.#virshFrom += virsh.length;
    this.#rxvirtFrom += rxvirt.length;
    return { rxvirt, virsh };
  }

  async stop(): Promise<void> {
    this.rxvirt.stop();
    await this.virsh.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
