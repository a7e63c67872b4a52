// Required before the specs: whoever loads an addon of build/Release gets its debug build of build/Debug. Processes and
// workers that the specs start require it too, by NODE_OPTIONS.
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
