import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { inRoot } from '../support/programs/addon-headers.js';
import { commentsShown } from '../support/events/editor-hover.js';
import { allRows } from '../support/events/event-rows.js';

// Each name that the library exports for an event's type, with its row. The type of a domain's lifecycle event is
// written by hand, so it is not among them.
const aliases = readFileSync(inRoot('lib/events/named-event-types.ts'), 'utf8');
const named = [...aliases.matchAll(/^export type (\w+) = EventOf<'([\w-]+)', '([\w-]+)'>;/gm)].map(
  ([, name = '', category, type]) => {
    const row = allRows.find((each) => each.category === category && each.type === type);
    if (row === undefined) throw new Error(`${name} has no row`);
    return { ...row, name };
  },
);

/** Fields whose names need no comment. */
const withoutComment = ['devAlias', 'oldMac', 'newMac'];

// Users' editors read the first folder, and editors of this project the second one.
for (const folder of ['dist/lib', 'lib']) {
  describe(`what editors show of events, from ${folder}`, () => {
    const head = `
      import type * as rxvirt from './${folder}/index.js';
      import type { EventTable } from './${folder}/events/event-table.js';
      declare function event<C extends keyof EventTable, T extends keyof rxvirt.LibvirtEventMap[C]>(
        category: C, type: T): rxvirt.LibvirtEventMap[C][T];
      declare const rows: EventTable;
    `;

    it('should be the comment of each field’s line in the table', () => {
      const all = named.flatMap(({ category, type, fields }) =>
        Object.keys(fields).map((field) => ({ category, type, field })),
      );
      const lines = all.flatMap(({ category, type, field }) => [
        `rows['${category}']['${type}'].fields./*?*/${field};`,
        `event('${category}', '${type}')./*?*/${field};`,
      ]);
      const shown = commentsShown(head + lines.join('\n'));
      all.forEach(({ category, type, field }, index) => {
        const [inTable, ofEvent] = shown.slice(2 * index, 2 * index + 2);
        expect(ofEvent, `${category} ${type} ${field}`).to.equal(inTable);
        if (!withoutComment.includes(field)) expect(ofEvent, `${category} ${type} ${field}`).not.to.equal('');
      });
    });

    it('should be the comment of each row at the name of its event’s type, with its callback', () => {
      const lines = named.flatMap(({ name, category, type }, index) => [
        `rows['${category}'][/*?*/'${type}'];`,
        `declare const event${index}: rxvirt./*?*/${name};`,
      ]);
      const shown = commentsShown(head + lines.join('\n'));
      named.forEach(({ name, callback }, index) => {
        const [ofRow, ofName = ''] = shown.slice(2 * index, 2 * index + 2);
        expect(ofRow, name).not.to.equal('');
        expect(ofName).to.include(`; ${callback}.`);
        expect(ofName.replace(`; ${callback}`, '').replace('….', '…'), name).to.equal(ofRow);
      });
    });

    it('should be what an event’s own fields and those that all events have are', () => {
      expect(
        commentsShown(`${head}
          event('domain', 'watchdog')./*?*/action;
          event('domain', 'watchdog')./*?*/actionNumber;
          event('domain', 'block-job-2')./*?*/jobType;
          event('domain', 'memory-failure')./*?*/recursive;
          event('domain', 'lifecycle')./*?*/detail;
          event('network', 'lifecycle')./*?*/time;
          event('network', 'lifecycle')./*?*/type;`),
      ).to.deep.equal([
        "What was done; `'unknown'` when the value is newer than this library: see `actionNumber`.",
        "libvirt's virDomainEventWatchdogAction.",
        "What the job does; libvirt's argument `type`.\n`'unknown'` when the value is newer than this library: see `jobTypeNumber`.",
        'The flag: the failure happened while another one was handled.',
        "Why; `'unknown'` when the value is newer than this library: see `detailNumber`.",
        'When the event reached this process: milliseconds since 1970.',
        'Which event, by the name that virsh has for it.',
      ]);
    });
  });
}

describe('the names of events’ types', () => {
  it('should be there for each row of the table', () => {
    const types = allRows.map(({ category, type }) => `${category} ${type}`);
    const withName = named.map(({ category, type }) => `${category} ${type}`);
    expect(['domain lifecycle', ...withName].sort()).to.deep.equal(types.sort());
  });
});
