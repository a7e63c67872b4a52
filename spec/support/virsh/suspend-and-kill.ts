import { spawnSync } from 'node:child_process';

// The pause lets the daemon send its event.
const script = 'virsh --quiet --connect "$1" suspend test >&2; sleep 0.3; kill -KILL "$2"';

/** Suspends the domain `test`, and kills the daemon when it has sent the event. JavaScript is blocked meanwhile. */
export function suspendAndKill(uri: string, daemon: string): void {
  spawnSync('sh', ['-c', script, 'suspend-and-kill', uri, daemon]);
}
