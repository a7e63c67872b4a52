import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';

/** What a {@link RogueDaemon} does with each client. */
export type Manner = 'mute' | 'garbage' | 'half a message' | 'huge length' | 'unasked reply';

const reply = { program: 0x20008086, version: 1, procedure: 66, type: 1, serial: 4711, status: 0 };

/** A message with a length that it claims to have. */
function message(claimed: number, words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + words.length * 4);
  [claimed, ...words].forEach((word, index) => bytes.writeUInt32BE(word >>> 0, index * 4));
  return bytes;
}

const firstWords: Readonly<Record<Manner, (socket: Socket) => void>> = {
  mute: () => undefined,
  garbage: (socket) => socket.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')),
  'half a message': (socket) => socket.write(message(28, [reply.program, reply.version])),
  'huge length': (socket) => socket.write(message(0xffffffff, Object.values(reply))),
  'unasked reply': (socket) => socket.write(message(28, Object.values(reply))),
};

/** Listens on the socket of a daemon, accepts every client, says something wrong or nothing, and stays silent then. */
export class RogueDaemon implements AsyncDisposable {
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  /** How many clients have come. */
  clients = 0;

  static async listen(path: string, manner: Manner): Promise<RogueDaemon> {
    await rm(path, { force: true });
    const daemon = new RogueDaemon(manner);
    await new Promise<void>((resolve, reject) => {
      daemon.#server.once('error', reject).listen(path, resolve);
    });
    return daemon;
  }

  private constructor(manner: Manner) {
    this.#server = createServer((socket) => {
      this.clients++;
      this.#clients.add(socket);
      socket.once('close', () => this.#clients.delete(socket));
      socket.on('error', () => undefined).resume();
      firstWords[manner](socket);
    });
  }

  /** Hangs up. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#clients) socket.destroy();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
