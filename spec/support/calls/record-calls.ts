/**
 * A module that mocha requires: with RXVIRT_CALLS_FILE it appends to that file which functions of libvirt the specs have
 * called, on which driver, and how that ended. `npm run docs` makes the table of docs/coverage.md from it.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { CallMessage } from '../../../lib/index.js';
import { LibvirtError } from '../../../lib/index.js';

const file = process.env['RXVIRT_CALLS_FILE'];
if (file !== undefined) {
  const lines = new Set<string>();
  subscribe('rxvirt:call', (message) => {
    const { call, uri, error } = message as CallMessage;
    const [driver = ''] = uri.split(/[+:]/);
    if (error === undefined) lines.add(`${call} ${driver === 'test' ? 'test' : 'host'}`);
    else if (error instanceof LibvirtError) lines.add(`${call} refused`);
  });
  process.on('exit', () => {
    appendFileSync(file, [...lines, ''].join('\n'));
  });
}
