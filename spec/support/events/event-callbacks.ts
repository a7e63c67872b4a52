/** What libvirt's headers and the addon declare about the callbacks of events. It is read from their text. */
import { readFileSync } from 'node:fs';
import { inRoot } from '../programs/addon-headers.js';
import { libvirtHeaders } from '../installed/libvirt-header.js';

/** An argument of a callback in C. */
export interface Argument {
  readonly type: string;
  readonly name: string;
}

/** One kind of event as libvirt's headers or the addon declare it. */
export interface DeclaredEvent {
  readonly id: number;
  readonly callback: string;
  /** From the comments in libvirt's headers. Undefined when the headers are too old to have it. */
  readonly since?: string | undefined;
}

const headers = libvirtHeaders();
const newerCallbacks = readFileSync(inRoot('addon/events/newer_callbacks.h'), 'utf8');
const addonCallbacks = readFileSync(inRoot('addon/events/callbacks.cc'), 'utf8');

/** The addon's names of callbacks and numbers that libvirt 7.0 doesn't declare. The keys are libvirt's own names. */
const addonNames = new Map(
  [
    ...newerCallbacks.matchAll(/is_same_v<(\w+),\s*(\w+)>/g),
    ...newerCallbacks.matchAll(/static_assert\((k\w+) == (\w+)\)/g),
  ].map(([, ours = '', libvirts = '']) => [libvirts, ours]),
);
const libvirtNames = new Map([...addonNames].map(([libvirts, ours]) => [ours, libvirts]));

/** The arguments of a callback, from the installed headers. If they lack it, from the addon's own declaration. */
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

/** The events whose numbers in the installed headers are constants with this prefix, and their callbacks. */
export function eventsInHeaders(prefix: string): readonly DeclaredEvent[] {
  const row = new RegExp(`^ +${prefix}\\w+ = (\\d+), */\\* (\\w+)(?: \\(Since: ([\\d.]+)\\))? \\*/`, 'gm');
  return [...headers.matchAll(row)].map(([, id, callback = '', since]) => ({
    id: Number(id),
    callback,
    since,
  }));
}

/** The rows of the addon whose numbers are constants with this prefix. */
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
