// The options of the scripts that set up by themselves, so that --help and wrong options build nothing.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { root, SetupError } from './setup/run.mjs';

/** A wrong option of `npm run NAME`, as one line; the exit code is 2. */
export function wrongOption(name, message) {
  return new SetupError(`${message}; npm run ${name} -- --help tells more`, undefined, 2);
}

/**
 * Reads the options of `npm run NAME`, with --help among them.
 * @param config That of `util.parseArgs`.
 * @throws {SetupError} for an option that there isn't.
 */
export function readOptions(name, { options = {}, ...config } = {}) {
  try {
    return parseArgs({ ...config, options: { ...options, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    throw wrongOption(name, error.message);
  }
}

/**
 * Installs and builds what is missing, where the script was started by `npm run NAME`: see scripts/setup.mjs. When that
 * fails, it has said why. `node scripts/NAME.mjs` takes what is there.
 */
export function setUp(name, ...options) {
  if (process.env.npm_lifecycle_event !== name) return;
  const { status } = spawnSync(process.execPath, ['scripts/setup.mjs', ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
