// Reads the sanitizers' reports, and selects those about this project's code.
'use strict';

const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

// Node, V8 and libvirt were not compiled for a sanitizer, so many reports about them are wrong. Node also leaves memory
// behind when it ends. A sanitizer can only be told to ignore a function wherever it is among the callers, and Node is
// always among the callers of the addon. So this file selects the reports.
const ourCode = /\b(?:rxvirt|spec_native|foreign_loop)\.node\b|\/(?:addon|spec\/native)\/\w+\.(?:cc|h):\d/;
// Frames of the sanitizer itself, and of the C++ library, which works for its caller.
const runtime = /libsanitizer|\blib[atu]san\.so|\blibubsan\.so|\blibstdc\+\+\.so/;

const leak = /^(?:Direct|Indirect) leak of /;

/** A leak counts when this project's code is among the callers of the allocation. */
const ourLeaks = (report) => report.split(/\n\s*\n/).filter((part) => leak.test(part) && ourCode.test(part));

/**
 * A data race counts when this project's code makes one of the two accesses. Any other report counts if it names our
 * code.
 */
const ourRaces = (report) =>
  report.split(/^=+$/m).filter((part) => {
    if (!part.includes('WARNING: ThreadSanitizer')) return false;
    if (!part.includes('data race')) return ourCode.test(part);
    const accesses = part.split(/\n\s*\n/).filter((stack) => /^.*(?:read|write) of size/im.test(stack));
    return accesses.some((stack) => {
      const frames = stack.split('\n').filter((line) => /^ +#\d+ /.test(line));
      return ourCode.test(frames.find((frame) => !runtime.test(frame)) ?? '');
    });
  });

/** The parts of a report that count, as text; empty when there are none. */
function ofOurs(report) {
  if (report.includes('LeakSanitizer: detected memory leaks')) return ourLeaks(report).join('\n\n');
  if (report.includes('WARNING: ThreadSanitizer')) return ourRaces(report).join('\n');
  return report.trim();
}

/**
 * Watches the folder of reports. Each call returns the files with new reports that count, and the text of all of
 * these.
 */
exports.watchReports = function watchReports(folder) {
  const read = new Map();
  return () => {
    const news = [];
    for (const name of readdirSync(folder).sort()) {
      const text = ofOurs(readFileSync(join(folder, name), 'utf8'));
      if (text === (read.get(name) ?? '')) continue;
      read.set(name, text);
      news.push({ name, text });
    }
    return news;
  };
};
