import { Connection, type OpenOptions } from '../../../lib/index.js';
import { ScriptedLibvirtd } from '../scripted-libvirtd/index.js';

/** A connection through libvirt's own client library to a libvirtd that says what a spec tells it to say. */
export class ScriptedConnection implements AsyncDisposable {
  static async open(options: OpenOptions = {}): Promise<ScriptedConnection> {
    const daemon = await ScriptedLibvirtd.start();
    try {
      return new ScriptedConnection(daemon, await Connection.open(daemon.uri, options));
    } catch (error) {
      await daemon.close();
      throw error;
    }
  }

  private constructor(
    readonly daemon: ScriptedLibvirtd,
    readonly connection: Connection,
  ) {}

  /** Resolves once the client has deregistered all callbacks except the one for the end of the connection. */
  async deregistered(): Promise<void> {
    await this.daemon.waitFor('no registrations', ({ registrations }) =>
      registrations.every(({ family }) => family === 'connection') ? true : undefined,
    );
  }

  async close(): Promise<void> {
    await this.connection.close();
    await this.daemon.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
