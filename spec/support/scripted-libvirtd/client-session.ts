import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { encodePacket, PacketParser, type Packet } from './packet.js';
import { keepaliveProcedures, packetTypes, programs } from './protocol.js';

/** One connected client: its byte stream, and what can be done to that stream. */
export class ClientSession {
  /** Whether pings get their pong; without, the client gives up after its own interval and count. */
  answersKeepAlive = true;
  /** How many pings the client has sent, and pongs to pings of ours. */
  readonly keepAlive = { pings: 0, pongs: 0 };
  readonly #parser = new PacketParser();

  constructor(
    readonly id: number,
    private readonly socket: Socket,
    private readonly onCall: (packet: Packet, session: ClientSession) => void,
    private readonly changed: () => void,
  ) {
    socket.on('data', (bytes) => this.#receive(bytes));
    // A client that goes away in the middle of a write is normal here; 'close' follows.
    socket.on('error', () => undefined);
  }

  /** Sends bytes as they are. Resolves when the kernel has them all: false when the client left before. */
  send(bytes: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => {
      if (!this.socket.writable) resolve(false);
      else this.socket.write(bytes, (error) => resolve(!error));
    });
  }

  /** Asks the client whether it is alive; its answer shows in `keepAlive.pongs`. */
  ping(): void {
    void this.#sendKeepAlive(keepaliveProcedures.ping);
  }

  /** Closes the connection without a word. */
  drop(): void {
    this.socket.destroy();
  }

  /** Sends the first half of a whole packet, then closes. */
  async sendHalf(packet: Uint8Array): Promise<void> {
    await this.send(packet.subarray(0, Math.floor(packet.length / 2)));
    this.drop();
  }

  /** Sends bytes that are no packet: a length word beyond libvirt's limit, then noise. */
  async sendGarbage(length = 64): Promise<void> {
    await this.send(Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff]), randomBytes(length)]));
  }

  /** Stops reading, or reads again: everything that the client sends goes unheard. */
  setDeaf(isDeaf: boolean): void {
    if (isDeaf) this.socket.pause();
    else this.socket.resume();
  }

  #receive(bytes: Buffer): void {
    try {
      for (const packet of this.#parser.push(bytes)) this.#dispatch(packet);
    } catch {
      // No way back into step with a client that sends no packets.
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
