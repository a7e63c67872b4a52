import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { int, optional, struct } from './codec.js';
import { ChangeSignal } from './change-signal.js';
import { domain } from './messages/objects.js';
import { encodePacket, PacketParser, type Packet } from './packet.js';
import { packetTypes, programs, remoteProcedures, type RemoteProcedure } from './protocol.js';
import { XdrReader, XdrWriter } from './xdr.js';

const registerArguments = struct({ eventId: int, domain: optional(domain) });

/** A client without libvirt. It sees each packet as it came over the socket. */
export class WireClient {
  /** All messages except replies, in the order of their arrival. */
  readonly messages: Packet[] = [];
  readonly #replies = new Map<number, Packet>();
  readonly #signal = new ChangeSignal();
  #lastSerial = 0;

  static async connect(socketPath: string): Promise<WireClient> {
    const socket = connect(socketPath);
    await once(socket, 'connect');
    return new WireClient(socket);
  }

  private constructor(private readonly socket: Socket) {
    const parser = new PacketParser();
    socket.on('data', (bytes) => {
      for (const packet of parser.push(bytes)) this.#receive(packet);
      this.#signal.notify();
    });
  }

  call(procedure: RemoteProcedure, payload?: Uint8Array): Promise<Packet> {
    this.#lastSerial += 1;
    const serial = this.#lastSerial;
    const header = { program: programs.remote, procedure: remoteProcedures[procedure], serial };
    this.socket.write(encodePacket({ ...header, type: packetTypes.call }, payload));
    return this.#signal.until(`a reply to ${procedure}`, () => this.#replies.get(serial));
  }

  /** Registers for an event of all domains. Resolves with the callback id. */
  async register(eventId: number): Promise<number> {
    const to = new XdrWriter();
    registerArguments.write(to, { eventId, domain: null });
    const { payload } = await this.call('connect-domain-event-callback-register-any', to.finish());
    return new XdrReader(payload).int();
  }

  /** Resolves with the messages, once there are so many. */
  async receives(count: number): Promise<readonly Packet[]> {
    return this.#signal.until(
      () => `${count} messages, not ${this.messages.length}`,
      () => (this.messages.length >= count ? this.messages : undefined),
    );
  }

  /** Stops reading, so that the daemon finds the socket full. */
  setStalled(isStalled: boolean): void {
    if (isStalled) this.socket.pause();
    else this.socket.resume();
  }

  async close(): Promise<void> {
    this.socket.destroy();
    if (!this.socket.closed) await once(this.socket, 'close');
  }

  #receive(packet: Packet): void {
    if (packet.header.type === packetTypes.reply) this.#replies.set(packet.header.serial, packet);
    else this.messages.push(packet);
  }
}
