// Loaded before the specs. Whoever loads an addon of build/Release gets the same addon of build/Debug instead.
// Processes and workers that the specs start load this file too, because of NODE_OPTIONS.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const build = join(__dirname, '../../build');
const release = join(build, 'Release/');
const { dlopen } = process;

process.dlopen = (module, file, ...flags) => {
  const debug = file.startsWith(release) ? join(build, 'Debug', file.slice(release.length)) : file;
  return dlopen.call(process, module, existsSync(debug) ? debug : file, ...flags);
};
