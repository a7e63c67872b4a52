// Only one set-up runs at a time in a clone. Others wait for it, and then find everything done.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateFolder } from './run.mjs';

const lock = join(privateFolder, 'lock');
const pollEveryMs = 200;

/** The linked file already contains our process id. So one step takes the lock and names its owner. */
function tryTake() {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/**
 * A set-up that was killed leaves its lock behind, and another process may have its id now. So the name is checked
 * too.
 */
function isAlive(owner) {
  return owner !== String(process.pid) && (read(`/proc/${owner}/cmdline`) ?? '').includes('setup.mjs');
}

export async function withLock(work) {
  mkdirSync(privateFolder, { recursive: true });
  let isWaiting = false;
  while (!tryTake()) {
    const owner = read(lock);
    if (owner === null) continue;
    if (!isAlive(owner)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!isWaiting) console.log(`setup: waiting for another set-up, process ${owner}`);
    isWaiting = true;
    await sleep(pollEveryMs);
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
