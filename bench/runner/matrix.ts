// Runs the matrix: every repetition of every row, with all peers of the row one after the other.
import { loadavg } from 'node:os';
import { log } from './log.js';
import { machine } from './machine.js';
import { short } from './markdown.js';
import { measure, spinMs } from './measure.js';
import { figure, type Measurement, type PeerName, type Row } from './model.js';
import { peer } from './peers.js';
import { Servers } from './servers.js';
import type { Store } from './store.js';

export async function runMatrix(
  rows: Row[],
  asked: readonly PeerName[],
  reps: number,
  store: Store,
  versions: Record<string, string>,
): Promise<void> {
  const leftOut = missingPeers(rows, asked);
  const able = new Set(asked.filter((name) => !(name in leftOut)));
  const at = new Date().toISOString();
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const spins: number[] = [];
  await using servers = new Servers();
  store.clear(rows.map(({ name }) => name));
  for (let rep = 0; rep < reps; rep++) {
    for (const row of rows) {
      const spin = await spinMs();
      spins.push(spin);
      log(`${rep + 1}/${reps} ${row.name} (spin ${short(spin)} ms, load ${short(loadavg()[0] ?? 0)})`);
      for (const name of rotate(
        row.peers.filter((one) => able.has(one)),
        rep,
      )) {
        const measured = await measure(row, name, servers);
        store.add({ run: at, row: row.name, rep, peer: name, ...measured });
        log(`    ${name.padEnd(14)} ${inShort(row, measured)}`);
      }
    }
  }
  store.addRun({ at, command, machine: machine(), versions, spinMs: spins, leftOut });
}

function missingPeers(rows: Row[], asked: readonly PeerName[]): Record<string, string> {
  const needed = new Set(rows.flatMap((row) => row.peers));
  const leftOut: Record<string, string> = {};
  for (const name of asked.filter((one) => needed.has(one))) {
    const { missing } = peer(name);
    if (!missing) continue;
    leftOut[name] = missing;
    log(`!!! ${name.toUpperCase()} IS LEFT OUT: ${missing}`);
  }
  return leftOut;
}

/** Orders the peers so that none is always first, or always follows the same other one. */
function rotate<T>(items: T[], by: number): T[] {
  const at = by % Math.max(1, items.length);
  return [...items.slice(at), ...items.slice(0, at)];
}

function inShort(row: Row, { figures, error }: Pick<Measurement, 'figures' | 'error'>): string {
  const shown = row.figures.flatMap((name) => {
    const value = figures[name];
    return value === undefined || (figure(name).isMishap && !value)
      ? []
      : `${figure(name).label} ${short(value)}`;
  });
  return [...shown, ...(error ? [`FAILED: ${error}`] : [])].join(', ');
}
