import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { message, type WrongMessage } from './rogue-message.js';

/** What a {@link RogueDaemon} does with each client. */
export type Manner = 'mute' | 'garbage' | WrongMessage;

const firstBytes = (manner: Manner): Buffer => {
  if (manner === 'mute') return Buffer.alloc(0);
  if (manner === 'garbage') return Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n');
  return message(manner);
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
      socket.write(firstBytes(manner));
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
