import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs one virsh command, and resolves with its trimmed output. Rejects with virsh's own message. */
export async function virsh(uri: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('virsh', ['--connect', uri, '--quiet', ...args], {
      env: virshEnvironment(),
    });
    return stdout.trim();
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`virsh ${args.join(' ')} failed: ${words}`, { cause: error });
  }
}

/** virsh translates its words to the user's language unless told not to. */
export function virshEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C' };
}
