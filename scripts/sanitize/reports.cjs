// Reads what the sanitizers have written.
'use strict';

const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

// Node, V8 and libvirt were not compiled for a sanitizer, so much of what is said of them is wrong, and Node leaves
// memory behind when it ends. A sanitizer can only be told of functions to overlook wherever they occur among the
// callers, and Node is among the callers of all that we do. So reports are judged here.
const ourCode = /\b(?:rxvirt|spec_native|foreign_loop)\.node\b|\/(?:addon|spec\/native)\/\w+\.(?:cc|h):\d/;
// Of the sanitizer itself, and of what C++ does on somebody's behalf.
const runtime = /libsanitizer|\blib[atu]san\.so|\blibubsan\.so|\blibstdc\+\+\.so/;

const leak = /^(?:Direct|Indirect) leak of /;

/** A leak counts when our code is among the callers of what allocated. */
const ourLeaks = (report) => report.split(/\n\s*\n/).filter((part) => leak.test(part) && ourCode.test(part));

/** A data race counts when our code makes one of the two accesses; whatever else, when our code has part in it. */
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

/** The parts of a report that concern us, as text; empty when there are none. */
function ofOurs(report) {
  if (report.includes('LeakSanitizer: detected memory leaks')) return ourLeaks(report).join('\n\n');
  if (report.includes('WARNING: ThreadSanitizer')) return ourRaces(report).join('\n');
  return report.trim();
}

/** Watches the folder of reports; each call answers with the files that have grown since, and what is ours there. */
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
