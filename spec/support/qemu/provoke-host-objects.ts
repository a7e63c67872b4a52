import { hasEvent } from '../installed/installed-libvirt.js';
import type { QemuHost } from './qemu-host.js';
import { virsh } from '../virsh/virsh.js';
import type { VirshEventCategory } from '../virsh/virsh-event-lines.js';

/** A way to make a daemon send events about something other than a domain. */
export interface HostProvocation {
  readonly category: VirshEventCategory;
  readonly type: string;
  readonly how: string;
  /** What virsh prints after the object's name, for each event, oldest first. */
  readonly words: readonly string[];
  /** Makes and removes an object, so that the daemon sends the events. Resolves with its name as virsh prints it. */
  readonly provoke: (host: QemuHost, name: string) => Promise<string>;
}

async function defineNetwork(host: QemuHost, name: string): Promise<void> {
  // libvirt doesn't manage the bridge of this network, so starting the network changes nothing on the machine.
  const xml = `<network><name>${name}</name><forward mode="bridge"/><bridge name="none"/></network>`;
  await virsh(host.uri, 'net-define', host.directory.writeFile(`${name}.xml`, xml));
}

async function network(host: QemuHost, name: string): Promise<string> {
  await defineNetwork(host, name);
  await virsh(host.uri, 'net-start', name);
  await virsh(host.uri, 'net-destroy', name);
  await virsh(host.uri, 'net-undefine', name);
  return name;
}

async function storagePool(host: QemuHost, name: string): Promise<string> {
  await virsh(host.uri, 'pool-define-as', name, 'dir', '--target', host.directory.join(name));
  for (const command of [
    'pool-build',
    'pool-start',
    'pool-refresh',
    'pool-destroy',
    'pool-delete',
    'pool-undefine',
  ]) {
    await virsh(host.uri, command, name);
  }
  return name;
}

async function secret(host: QemuHost, name: string): Promise<string> {
  const uuid = '6f1c4b1e-6c0e-4d0c-8d4e-2f5f9b6b7a10';
  const usage = `<usage type="volume"><volume>/${name}</volume></usage>`;
  const xml = `<secret ephemeral="yes" private="no"><uuid>${uuid}</uuid>${usage}</secret>`;
  await virsh(host.uri, 'secret-define', host.directory.writeFile(`${name}.xml`, xml));
  await virsh(
    host.uri,
    'secret-set-value',
    uuid,
    '--file',
    host.directory.writeFile(`${name}.value`, 'value'),
    '--plain',
  );
  await virsh(host.uri, 'secret-undefine', uuid);
  return uuid;
}

async function networkMetadata(host: QemuHost, name: string): Promise<string> {
  await defineNetwork(host, name);
  await virsh(host.uri, 'net-desc', name, '--config', '--title', 'A title');
  await virsh(host.uri, 'net-desc', name, '--config', 'A description');
  const element = ['http://example.org/rxvirt', '--config', '--key', 'x', '--set', '<a/>'];
  await virsh(host.uri, 'net-metadata', name, ...element);
  await virsh(host.uri, 'net-undefine', name);
  return name;
}

const networkMetadataChange: HostProvocation = {
  category: 'network',
  type: 'metadata-change',
  how: 'title, description and an element are changed',
  words: [
    'type title, uri <null>',
    'type description, uri <null>',
    'type element, uri http://example.org/rxvirt',
  ],
  provoke: networkMetadata,
};

/** Provocations of events about networks, storage pools and secrets. */
export const hostProvocations: readonly HostProvocation[] = [
  {
    category: 'network',
    type: 'lifecycle',
    how: 'a network is defined, started, stopped and undefined',
    words: ['Defined', 'Started', 'Stopped', 'Undefined'],
    provoke: network,
  },
  ...(hasEvent('network', 'metadata-change') ? [networkMetadataChange] : []),
  {
    category: 'storage-pool',
    type: 'lifecycle',
    how: 'a pool is defined, built, started, stopped, deleted and undefined',
    words: ['Defined', 'Created', 'Started', 'Stopped', 'Deleted', 'Undefined'],
    provoke: storagePool,
  },
  {
    category: 'storage-pool',
    type: 'refresh',
    how: 'a pool is refreshed',
    words: [''],
    provoke: storagePool,
  },
  {
    category: 'secret',
    type: 'lifecycle',
    how: 'a secret is defined and undefined',
    words: ['Defined', 'Undefined'],
    provoke: secret,
  },
  { category: 'secret', type: 'value-changed', how: 'a secret gets its value', words: [''], provoke: secret },
];
