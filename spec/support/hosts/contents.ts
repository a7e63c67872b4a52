import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DomainSnapshot, NetworkSnapshot, StoragePoolSnapshot } from '../../../lib/index.js';
import { virshEnvironment } from '../virsh/virsh.js';

const run = promisify(execFile);
const limitMs = 20_000;

/** What a host has: a line for each domain, network and storage pool, with its state, sorted. */
export type Contents = readonly string[];

/** What a host has, as `virsh list --all`, `net-list --all` and `pool-list --all` say. */
export async function contentsByVirsh(uri: string): Promise<Contents> {
  const lists = ['list --all', 'net-list --all', 'pool-list --all'];
  const { stdout } = await run(
    'virsh',
    ['--connect', uri, '--quiet', lists.join('; echo //end; ')],
    // A daemon that doesn't answer must not keep the specs for ever.
    { env: virshEnvironment(), timeout: limitMs, killSignal: 'SIGKILL' },
  );
  const [domains = [], networks = [], pools = []] = stdout.split('//end').map((table) =>
    table
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => line.trim().split(/\s{2,}/)),
  );
  return [
    ...domains.map((row) => `domain ${row.join(' ')}`),
    // Whether they start by themselves is not part of the live state.
    ...networks.map(([name, state, , persistent]) => `network ${name} ${state} ${persistent}`),
    ...pools.map(([name, state]) => `pool ${name} ${state}`),
  ].sort();
}

/** What the live state of a host says, in virsh's words. */
export function contentsOf(
  domains: Iterable<DomainSnapshot>,
  networks: Iterable<NetworkSnapshot>,
  pools: Iterable<StoragePoolSnapshot>,
): Contents {
  return [
    ...[...domains].map(
      ({ id, name, state }) => `domain ${id ?? '-'} ${name} ${domainWords[state] ?? state}`,
    ),
    ...[...networks].map(
      ({ name, active, persistent }) =>
        `network ${name} ${active ? 'active' : 'inactive'} ${persistent ? 'yes' : 'no'}`,
    ),
    ...[...pools].map(({ name, state }) => `pool ${name} ${state === 'inactive' ? 'inactive' : 'active'}`),
  ].sort();
}

const domainWords: Partial<Record<DomainSnapshot['state'], string>> = {
  shutoff: 'shut off',
  'pm-suspended': 'pmsuspended',
};
