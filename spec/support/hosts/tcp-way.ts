import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Leads TCP connections to the Unix socket of a daemon. */
export class TcpWay implements AsyncDisposable {
  readonly #server: Server;
  readonly #ways = new Set<{ readonly client: Socket; readonly daemon: Socket }>();

  static async to(socketPath: string): Promise<TcpWay> {
    const way = new TcpWay(socketPath);
    await new Promise<void>((resolve, reject) => {
      way.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return way;
  }

  private constructor(socketPath: string) {
    this.#server = createServer((client) => {
      const daemon = connect(socketPath);
      const way = { client, daemon };
      this.#ways.add(way);
      for (const socket of [client, daemon]) {
        socket.on('error', () => undefined);
        socket.on('close', () => {
          client.destroy();
          daemon.destroy();
          this.#ways.delete(way);
        });
      }
      client.pipe(daemon);
      daemon.pipe(client);
    });
  }

  get uri(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `test+tcp://127.0.0.1:${port}/default`;
  }

  /** From now on, what the daemon sends is lost on its way. */
  loseEvents(): void {
    for (const { client, daemon } of this.#ways) daemon.unpipe(client).resume();
  }

  /** Ends each connection of a client by a reset. */
  reset(): void {
    for (const { client } of this.#ways) client.resetAndDestroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // No reset: libuv refuses it while a socket shuts down, and Node then leaves the socket open.
    for (const { client } of this.#ways) client.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
