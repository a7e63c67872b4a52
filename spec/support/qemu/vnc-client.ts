import { connect } from 'node:net';

/** Does the part of the RFB protocol after which a VNC server accepts a client. Then the client disconnects. */
export async function vncHandshake(socketPath: string): Promise<void> {
  const socket = connect(socketPath);
  try {
    const bytes = socket.iterator({ destroyOnReturn: false });
    // Version 3.3 has no negotiation: the server selects the authentication. After it, the client sends only "shared".
    await bytes.next();
    socket.write('RFB 003.003\n');
    await bytes.next();
    socket.write(Uint8Array.of(1));
    await bytes.next();
  } finally {
    socket.destroy();
  }
}
