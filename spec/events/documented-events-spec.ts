import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inRoot } from '../support/programs/addon-headers.js';

describe('docs/events.md', () => {
  it('should have the tables that lib/events/ says; npm run docs writes them', async () => {
    await promisify(execFile)(process.execPath, [inRoot('scripts/docs.mjs'), '--check']);
  });
});
