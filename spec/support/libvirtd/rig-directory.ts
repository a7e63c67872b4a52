import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The user and group "nobody", which exist on every Linux distribution and have no privileges.
const nobody = 65534;

/**
 * The user that a daemon runs as, if the specs run as root. Otherwise undefined: the daemon runs as the present user.
 */
export const unprivilegedUser = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;

/** A temporary directory that belongs to the unprivileged user. Its path is short: UNIX sockets allow 107 bytes. */
export class RigDirectory {
  readonly path: string;

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'rxvirt-'));
    this.#giveAway(this.path);
  }

  /** The path of something inside. */
  join(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  /** Makes a directory inside, with its parents, and returns its path. */
  makeDirectory(...parts: string[]): string {
    parts.forEach((_, index) => {
      const path = this.join(...parts.slice(0, index + 1));
      mkdirSync(path, { recursive: true, mode: 0o700 });
      this.#giveAway(path);
    });
    return this.join(...parts);
  }

  /** Writes a file inside and returns its path. */
  writeFile(name: string, content: string | Uint8Array, mode = 0o600): string {
    const path = this.join(name);
    writeFileSync(path, content, { mode });
    this.#giveAway(path);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
  }

  #giveAway(path: string): void {
    if (unprivilegedUser !== undefined) chownSync(path, unprivilegedUser.uid, unprivilegedUser.gid);
  }
}
