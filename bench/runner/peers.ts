// How each peer is started, and whether it can run on this machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkoutProgram } from './checkouts.js';
import type { PeerName } from './model.js';
import { bench, bin, built } from './paths.js';

export interface Peer {
  command: string[];
  /** The settings that select this variant of the peer. */
  settings: string[];
  /** Why the peer is left out; absent when it can run. */
  missing?: string;
}

const PYTHON = ['/usr/bin/python3', `${bench}python/peer.py`];

export function peer(name: PeerName): Peer {
  switch (name) {
    case 'rxvirt':
      return { command: [process.execPath, `${built}rxvirt/peer.js`], settings: [] };
    case 'native':
      return { command: [process.execPath, `${built}rxvirt/peer.js`], settings: ['loop=native'] };
    case 'c':
      return { command: [`${bin}peer`], settings: [] };
    case 'c-epoll':
      return { command: [`${bin}peer`], settings: ['impl=epoll'] };
    case 'c-epoll-drain':
      return { command: [`${bin}peer`], settings: ['impl=epoll', 'drain=64'] };
    case 'python':
      return python([], 'libvirtaio');
    case 'python-wake':
      return python(['impl=wake'], 'libvirtaio');
    case 'python-beat':
      return python(['beat=10'], 'libvirtaio');
    case 'python-uvloop':
      return python(['loop=uvloop'], 'uvloop');
    case 'perl':
      return perl([]);
    case 'perl-fixed':
      return perl(['impl=fixed']);
    case 'virsh':
      return { command: [process.execPath, `${built}virsh/peer.js`], settings: [] };
    case 'unraid':
      return unraid();
    case 'node':
      return { command: [process.execPath, '-e', '0'], settings: [] };
    default:
      return { command: [process.execPath, checkoutProgram(name)], settings: [] };
  }
}

function works(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function python(settings: string[], module: string): Peer {
  const found = works('/usr/bin/python3', ['-c', `import ${module}`]);
  return { command: PYTHON, settings, ...(found ? {} : { missing: `Python has no ${module}` }) };
}

function perl(settings: string[]): Peer {
  const folder = process.env['SYS_VIRT_IO_ASYNC'];
  // -X switches warnings off. IO::Async prints a warning for each idle watch that libvirt's updates remove, and
  // printing costs time.
  const include = ['-X', `-I${folder ? resolve(folder) : ''}`];
  const command = ['perl', ...include, `${bench}perl/peer.pl`];
  if (!folder) {
    return { command, settings, missing: 'SYS_VIRT_IO_ASYNC names no lib folder of Sys::Virt::IO::Async' };
  }
  const found = works('perl', [...include, '-MSys::Virt::IO::Async::EventImpl', '-e', '1']);
  return {
    command,
    settings,
    ...(found ? {} : { missing: `Sys::Virt::IO::Async does not load from ${folder}` }),
  };
}

function unraid(): Peer {
  const folder = process.env['UNRAID_LIBVIRT'];
  const command = [process.execPath, `${built}unraid/peer.js`];
  if (folder && existsSync(`${folder}/build/Release/libvirt.node`)) return { command, settings: [] };
  return { command, settings: [], missing: 'UNRAID_LIBVIRT names no built folder of @unraid/libvirt' };
}
