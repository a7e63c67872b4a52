import type { Connection, Domain } from '../../../lib/index.js';
import { Guest } from './guest.js';
import type { QemuHost } from './qemu-host.js';
import type { VirshEvent } from '../virsh/virsh-event-lines.js';

/**
 * A guest that can be stopped to send a mark: a domain event and a QEMU monitor event. The daemon keeps the order of
 * events in every stream. So a stream that has the mark also has every earlier event.
 */
export class Marker {
  private constructor(
    readonly guest: Guest,
    readonly domain: Domain,
  ) {}

  static async on(host: QemuHost, connection: Connection): Promise<Marker> {
    const guest = new Guest(host, 'marker');
    await guest.createPaused({ program: 'nothing' });
    return new Marker(guest, await connection.lookupDomainByName(guest.name));
  }

  async mark(): Promise<void> {
    await this.domain.resume();
    await this.domain.suspend();
  }

  readonly isMark = ({ subject, type, words }: VirshEvent): boolean =>
    subject === this.guest.name && (type === 'STOP' || words === 'Suspended Paused');
}
