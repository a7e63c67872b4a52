// Adds other builds of rxvirt as peers. Such a peer runs the programs of this checkout with the library of another one.
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CheckoutPeer, PeerName, Row } from './model.js';
import { built, checkouts } from './paths.js';

export interface Checkout {
  peer: CheckoutPeer;
  folder: string;
}

/** Reads `NAME=FOLDER`. */
export function readCheckout(text: string): Checkout {
  const [, name, path] = /^([a-z0-9][a-z0-9-]*)=(.+)$/.exec(text) ?? [];
  if (!name || !path) throw new RangeError(`--also takes NAME=FOLDER, such as before=../before, not ${text}`);
  const folder = resolve(path);
  if (!existsSync(join(folder, 'dist/lib/index.js')) || !existsSync(join(folder, 'build/Release'))) {
    throw new Error(`${folder} has no build of rxvirt; run npm run setup there`);
  }
  return { peer: `rxvirt-${name}`, folder };
}

export function isCheckoutPeer(name: string): name is CheckoutPeer {
  return name.startsWith('rxvirt-');
}

/** The path of such a peer's program. */
export function checkoutProgram(peer: CheckoutPeer): string {
  return join(checkouts, peer, 'rxvirt/peer.js');
}

/** Puts the programs into a folder in which `import 'rxvirt'` loads the library of the other checkout. */
export function placePrograms({ peer, folder }: Checkout): void {
  const at = join(checkouts, peer);
  rmSync(at, { recursive: true, force: true });
  mkdirSync(join(at, 'node_modules'), { recursive: true });
  // This package.json has no name: with that of this checkout, importing 'rxvirt' would load this checkout's library.
  writeFileSync(join(at, 'package.json'), '{ "type": "module" }\n');
  symlinkSync(folder, join(at, 'node_modules/rxvirt'));
  symlinkSync(join(built, 'bin'), join(at, 'bin'));
  // The programs are copied, not linked: Node.js would resolve their imports from the target of a link.
  cpSync(join(built, 'rxvirt'), join(at, 'rxvirt'), { recursive: true });
}

/** The rows, with these peers added where rxvirt is a peer. */
export function withCheckouts(rows: Row[], peers: CheckoutPeer[]): Row[] {
  const beside = (name: PeerName): PeerName[] => (name === 'rxvirt' ? [name, ...peers] : [name]);
  return rows.map((row) => ({ ...row, peers: row.peers.flatMap(beside) }));
}
