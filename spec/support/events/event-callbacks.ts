/** What libvirt's headers and the addon say of the callbacks of events, read from their text. */
import { readFileSync } from 'node:fs';
import { inRoot } from '../programs/addon-headers.js';
import { libvirtHeaders } from '../installed/libvirt-header.js';

/** An argument of a callback in C. */
export interface Argument {
  readonly type: string;
  readonly name: string;
}

/** One kind of event as libvirt's headers or the addon have it. */
export interface DeclaredEvent {
  readonly id: number;
  readonly callback: string;
  /** By the comments of libvirt's headers; undefined where they are too old to say. */
  readonly since?: string | undefined;
}

const headers = libvirtHeaders();
const newerCallbacks = readFileSync(inRoot('addon/events/newer_callbacks.h'), 'utf8');
const addonCallbacks = readFileSync(inRoot('addon/events/callbacks.cc'), 'utf8');

/** The addon's name of a callback or a number that libvirt 7.0 doesn't declare, by libvirt's own name. */
const addonNames = new Map(
  [
    ...newerCallbacks.matchAll(/is_same_v<(\w+),\s*(\w+)>/g),
    ...newerCallbacks.matchAll(/static_assert\((k\w+) == (\w+)\)/g),
  ].map(([, ours = '', libvirts = '']) => [libvirts, ours]),
);
const libvirtNames = new Map([...addonNames].map(([libvirts, ours]) => [ours, libvirts]));

/** The arguments of a callback: from the installed headers, or from the addon's declarations of what they lack. */
export function callbackArguments(name: string): readonly Argument[] {
  const installed = new RegExp(`typedef \\w+ \\(\\*${name}\\)\\(([^)]*)\\);`).exec(headers);
  const ours = new RegExp(`using ${addonNames.get(name) ?? name} = void \\(\\*\\)\\(([^)]*)\\);`);
  const list = (installed ?? ours.exec(newerCallbacks))?.[1];
  if (list === undefined) throw new Error(`neither libvirt's headers nor newer_callbacks.h have ${name}`);
  return list.split(',').map((argument) => {
    const [, type = '', name = ''] = /^(.*?)(\w+)?$/s.exec(argument.trim()) ?? [];
    return { type: type.replace(/\s+/g, ' ').replace(/ ?\*/g, ' *').trim() || name, name };
  });
}

/** The events that the installed headers number with constants of a prefix, and the callback that each has. */
export function eventsInHeaders(prefix: string): readonly DeclaredEvent[] {
  const row = new RegExp(`^ +${prefix}\\w+ = (\\d+), */\\* (\\w+)(?: \\(Since: ([\\d.]+)\\))? \\*/`, 'gm');
  return [...headers.matchAll(row)].map(([, id, callback = '', since]) => ({
    id: Number(id),
    callback,
    since,
  }));
}

/** The rows of the addon whose numbers are constants of a prefix. */
export function eventsOfAddon(prefix: string): readonly DeclaredEvent[] {
  return [...addonCallbacks.matchAll(/(?:Domain|Row)<(\w+)(?:,\s*\w+)?>\(\s*(\w+)/g)]
    .map(([, callback = '', constant = '']) => ({
      callback: libvirtNames.get(callback) ?? callback,
      constant: libvirtNames.get(constant) ?? constant,
    }))
    .filter(({ constant }) => constant.startsWith(prefix))
    .map(({ callback, constant }) => ({ id: numberOf(constant), callback }));
}

function numberOf(constant: string): number {
  const ours = new RegExp(`constexpr int ${addonNames.get(constant) ?? constant} = (\\d+);`);
  const found = ours.exec(newerCallbacks) ?? new RegExp(`^ +${constant} = (\\d+),`, 'm').exec(headers);
  if (found === null) throw new Error(`nothing says the number of ${constant}`);
  return Number(found[1]);
}
