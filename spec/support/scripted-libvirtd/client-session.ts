import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { encodePacket, PacketParser, type Packet } from './packet.js';
import { keepaliveProcedures, packetTypes, programs } from './protocol.js';

/** One connected client: its byte stream, and what can be done to that stream. */
export class ClientSession {
  /** Whether pings are answered with pongs. If not, the client gives up after its own interval and count. */
  answersKeepAlive = true;
  /** How many pings the client has sent, and how many pongs to our own pings. */
  readonly keepAlive = { pings: 0, pongs: 0 };
  readonly #parser = new PacketParser();

  constructor(
    readonly id: number,
    private readonly socket: Socket,
    private readonly onCall: (packet: Packet, session: ClientSession) => void,
    private readonly changed: () => void,
  ) {
    socket.on('data', (bytes) => this.#receive(bytes));
    // A client may disconnect in the middle of a write. That is normal here, and 'close' follows.
    socket.on('error', () => undefined);
  }

  /**
   * Sends bytes without change. Resolves with true when the kernel has them all, with false when the client left first.
   */
  send(bytes: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => {
      if (!this.socket.writable) resolve(false);
      else this.socket.write(bytes, (error) => resolve(!error));
    });
  }

  /** Asks the client whether it is alive. `keepAlive.pongs` counts the answers. */
  ping(): void {
    void this.#sendKeepAlive(keepaliveProcedures.ping);
  }

  /** Closes the connection without a message. */
  drop(): void {
    this.socket.destroy();
  }

  /** Sends the first half of a whole packet, then closes. */
  async sendHalf(packet: Uint8Array): Promise<void> {
    await this.send(packet.subarray(0, Math.floor(packet.length / 2)));
    this.drop();
  }

  /** Sends bytes that are not a packet: a length word above libvirt's limit, and then noise. */
  async sendGarbage(length = 64): Promise<void> {
    await this.send(Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff]), randomBytes(length)]));
  }

  /** Stops reading what the client sends, or reads again. */
  setDeaf(isDeaf: boolean): void {
    if (isDeaf) this.socket.pause();
    else this.socket.resume();
  }

  #receive(bytes: Buffer): void {
    try {
      for (const packet of this.#parser.push(bytes)) this.#dispatch(packet);
    } catch {
      // After bytes that are not a packet, nobody knows where the next packet begins.
      this.drop();
    }
  }

  #dispatch(packet: Packet): void {
    const { program, procedure, type } = packet.header;
    if (program === programs.keepalive) {
      const isPing = procedure === keepaliveProcedures.ping;
      this.keepAlive[isPing ? 'pings' : 'pongs'] += 1;
      if (isPing && this.answersKeepAlive) void this.#sendKeepAlive(keepaliveProcedures.pong);
      this.changed();
    } else if (type === packetTypes.call) {
      this.onCall(packet, this);
    }
  }

  #sendKeepAlive(procedure: number): Promise<boolean> {
    return this.send(encodePacket({ program: programs.keepalive, procedure, type: packetTypes.message }));
  }
}
