/**
 * Loads the addon, and lets the addon open libvirt's client library. Only this file does that. It happens at
 * the first use, so the parts of the library that need neither of them also work where they are missing.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { addonError } from './errors/addon-error.js';
import { missingLibvirt } from './errors/missing-libvirt.js';
import type { Addon, AddonModule } from './native/addon.js';
import { makeHooks } from './native/hooks.js';
import { receivers } from './native/receivers.js';

export * from './native/addon.js';
export type * from './native/call-types.js';

const oldestLibvirt = 7_000_000;

let addon: Addon | undefined;
let installed = 0;

// The addon calls back in the asynchronous context in which it was loaded. So it is loaded in the context of
// this module. Otherwise all subscribers would see the context of the first caller, for example that of one
// request to a server.
const ownContext = AsyncLocalStorage.snapshot();

/**
 * The addon, loaded on first use.
 * @throws {Error} that says what to do, when the addon or libvirt is missing. A later call tries again.
 */
export function native(): Addon {
  addon ??= ownContext(load);
  return addon;
}

/** The version of the libvirt in this process, as libvirt writes it: 9.1.2 is 9001002. */
export function installedLibvirt(): number {
  native();
  return installed;
}

/** What is in use in this thread at the moment; undefined while the addon is not loaded. For the specs. */
export function inUse(): Readonly<Record<string, number>> | undefined {
  if (addon === undefined) return undefined;
  const { adds, frees } = addon.bridgeCounts();
  const { ready, handles, timeouts, events } = receivers;
  return {
    ...addon.gauges(),
    'sources of libvirt, in all threads': adds - frees,
    'watched file descriptors': ready.size,
    'watches of event.addHandle': handles.size,
    'timeouts of event.addTimeout': timeouts.size,
    registrations: events.size,
  };
}

/** A version as people write it: 7000000 is 7.0.0. */
function written(version: number): string {
  return [version / 1_000_000, (version / 1000) % 1000, version % 1000].map(Math.trunc).join('.');
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

function load(): Addon {
  let module: AddonModule;
  try {
    const require = createRequire(import.meta.url);
    module = require('../../build/Release/rxvirt.node') as AddonModule;
  } catch (cause) {
    throw addonError(cause, import.meta.url);
  }
  const { version, problem } = module.openLibvirt();
  if (version !== 0 && version < oldestLibvirt) {
    throw new Error(
      `rxvirt needs libvirt ${written(oldestLibvirt)} or newer, but this process has loaded ${written(version)}; upgrade libvirt`,
    );
  }
  if (problem !== null) throw missingLibvirt(problem, osRelease());
  installed = version;
  return module.attach(makeHooks(native));
}
