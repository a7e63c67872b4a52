import type { Context } from 'mocha';
import { isAtLeast } from './installed-libvirt.js';

/** Skips a spec whose drivers can't do it with an older libvirt. The oldest that is supported is 7.0. */
export function requireLibvirt(spec: Context, major: number, minor: number): void {
  if (!isAtLeast(major, minor)) spec.skip();
}
