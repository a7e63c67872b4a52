import type { Connection, Domain } from '../../../lib/index.js';
import { Guest } from './guest.js';
import type { QemuHost } from './qemu-host.js';
import type { VirshEvent } from '../virsh/virsh-event-lines.js';

/**
 * A guest that tells on demand that it has stopped, as a domain event and as one of QEMU's. What its daemon has told
 * before is before it in every stream, so a stream that has come to a mark holds all that was to be in it.
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
