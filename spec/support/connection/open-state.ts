import { ConnectionState } from '../../../lib/connection-state.js';
import { closeConnection } from '../../../lib/connection/close-connection.js';
import { openConnection } from '../../../lib/connection/open-connection.js';
import { native, type DomainHandle } from '../../../lib/native.js';

/** A connection without its public object, as internal functions take it. */
export class OpenState implements AsyncDisposable {
  static async of(uri: string): Promise<OpenState> {
    const { handle, uri: completed, closeToken } = await openConnection(uri, {});
    return new OpenState(new ConnectionState(handle, completed, noOther), closeToken);
  }

  private constructor(
    readonly state: ConnectionState,
    private readonly closeToken: number,
  ) {}

  /** A handle of the domain, made without asking libvirt. */
  refer(uuid: string): DomainHandle {
    return native().referToDomain(this.state.handle, uuid);
  }

  /** What a close does when the other side doesn't answer in time. */
  abandon(): void {
    native().abandonConnection(this.closeToken);
  }

  async close(): Promise<void> {
    if (this.state.isOpen) this.state.endByClose();
    await closeConnection(this.state, this.closeToken);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

const noOther = () => Promise.reject(new Error('this connection opens no other'));
