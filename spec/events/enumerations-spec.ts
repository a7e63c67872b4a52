import { expect } from 'chai';
import { secretUsageTypes } from '../../lib/events/event-object-types.js';
import type { Field } from '../../lib/events/fields.js';
import { graphicsAddressFamilies } from '../../lib/events/graphics-types.js';
import type { EventRow } from '../../lib/events/row.js';
import { allRows } from '../support/events/event-rows.js';
import { isAtLeast } from '../support/installed/installed-libvirt.js';
import { findLibvirtEnum } from '../support/installed/libvirt-header.js';

interface Table {
  /** libvirt's name of the enumeration. */
  readonly enumeration: string;
  /** Null for a value that libvirt itself calls unknown. */
  readonly words: readonly (string | null)[];
}

const snapshot = { FROM_SNAPSHOT: 'snapshot' };
const postCopy = { POSTCOPY: 'post-copy', POSTCOPY_FAILED: 'post-copy-error' };
const channelReasons = { CHANNEL: 'channel-event' };

/** Values for which virsh uses another word than the last part of libvirt's name. */
const others: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  virDomainEventDefinedDetailType: snapshot,
  virDomainEventStartedDetailType: { ...snapshot, WAKEUP: 'event-wakeup' },
  virDomainEventSuspendedDetailType: { ...snapshot, ...postCopy },
  virDomainEventResumedDetailType: { ...snapshot, ...postCopy },
  virDomainEventStoppedDetailType: snapshot,
  virDomainEventShutdownDetailType: {
    GUEST: 'finished-after-guest-request',
    HOST: 'finished-after-host-request',
  },
  virDomainBlockJobType: {
    PULL: 'block-pull',
    COPY: 'block-copy',
    COMMIT: 'block-commit',
    UNKNOWN: 'unknown-job',
    ACTIVE_COMMIT: 'active-block-commit',
  },
  virConnectDomainEventDiskChangeReason: {
    CHANGE_MISSING_ON_START: 'changed',
    DROP_MISSING_ON_START: 'dropped',
  },
  virDomainEventTrayChangeReason: { OPEN: 'opened', CLOSE: 'closed' },
  virConnectDomainEventAgentLifecycleReason: channelReasons,
  virConnectDomainEventChannelLifecycleReason: channelReasons,
};

function tablesOf(field: Field): readonly Table[] {
  switch (field.kind) {
    case 'words':
      return [field];
    case 'details':
      return Object.values(field.words);
    default:
      return [];
  }
}

const hasRow = ({ since }: EventRow): boolean => {
  const [major = 0, minor] = since.split('.').map(Number);
  return isAtLeast(major, minor);
};

const tablesIn = (some: readonly EventRow[]): readonly Table[] =>
  some.flatMap(({ fields }) => Object.values(fields)).flatMap(tablesOf);

// Rows that share fields have the same table.
const allTables = new Set([
  ...tablesIn(allRows),
  { enumeration: 'virDomainEventGraphicsAddressType', words: graphicsAddressFamilies },
  { enumeration: 'virSecretUsageType', words: secretUsageTypes },
]);
const newerTables = new Set(tablesIn(allRows.filter((row) => !hasRow(row))));

// virsh separates words that libvirt's names write without a separator.
const compact = (text: string): string => text.toLowerCase().replace(/[-_]/g, '');

/** The common beginning of all names, up to the end of a part. */
function commonPrefix([first = '', ...rest]: readonly string[]): string {
  const parts = first.split(/(?<=_)/);
  const isCommon = (length: number) => rest.every((name) => name.startsWith(parts.slice(0, length).join('')));
  let length = parts.length - 1;
  while (!isCommon(length)) length--;
  return parts.slice(0, length).join('');
}

describe('the words of enumerations, compared with the installed headers', () => {
  for (const table of allTables) {
    const { enumeration, words } = table;
    const theirs = findLibvirtEnum(enumeration);
    if (theirs === undefined && newerTables.has(table)) continue;
    it(`should be there for every value of ${enumeration}`, () => {
      if (theirs === undefined) throw new Error(`libvirt's headers have no enumeration ${enumeration}`);
      expect(theirs.size).to.be.at.least(2);
      const prefix = commonPrefix([...theirs.values()]);
      for (const [number, constant] of theirs) {
        const rest = constant.slice(prefix.length);
        const word = words[number] === null ? 'UNKNOWN' : words[number];
        expect(word, `${constant}: a newer libvirt has a value that the table lacks`).to.be.a('string');
        expect(compact(word ?? ''), constant).to.equal(compact(others[enumeration]?.[rest] ?? rest));
      }
    });
  }

  it('should hold no word twice in a table', () => {
    for (const { enumeration, words } of allTables) {
      expect(new Set(words).size, enumeration).to.equal(words.length);
    }
  });
});
