import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { procedure, remoteCall } from './remote-call.js';

const retryMs = 10;

/**
 * Resolves when the daemon behind a socket answers a call. A connection alone proves little: the kernel accepts it
 * while the daemon is still initialising its drivers.
 * @param isAlive Called before every attempt. When it returns false, the promise rejects at once.
 */
export async function daemonReadiness(
  path: string,
  isAlive: () => boolean,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (!isAlive()) throw new Error('the daemon has ended before it was ready');
    if (Date.now() > deadline) throw new Error(`the daemon was not ready after ${timeoutMs} ms`);
    if (await doesAnswer(path, deadline)) return;
    // No event says that a daemon listens on this path, so the next attempt follows a refusal after a pause.
    await delay(retryMs);
  }
}

function doesAnswer(path: string, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    // Every client may make this call before any other one.
    const socket = connect(path, () => socket.write(remoteCall(procedure.authList)));
    const finish = (answer: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(false), Math.max(0, deadline - Date.now()) + 1);
    socket.once('data', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
  });
}
