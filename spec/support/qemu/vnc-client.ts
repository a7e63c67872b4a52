import { connect } from 'node:net';

/** As much of the RFB protocol as makes a VNC server consider a client served; then the client leaves. */
export async function vncHandshake(socketPath: string): Promise<void> {
  const socket = connect(socketPath);
  try {
    const bytes = socket.iterator({ destroyOnReturn: false });
    // Version 3.3 has no choice of authentication: after the server's, the client says only "shared".
    await bytes.next();
    socket.write('RFB 003.003\n');
    await bytes.next();
    socket.write(Uint8Array.of(1));
    await bytes.next();
  } finally {
    socket.destroy();
  }
}
