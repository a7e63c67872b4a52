import { expect } from 'chai';
import { tablesOfNumbers, type TableOfNumbers } from '../support/calls/tables-of-numbers.js';
import { libvirtApi, type LibvirtApi } from '../support/installed/libvirt-api.js';

/** The tables know libvirt up to this version. Things that an older description doesn't have are not compared. */
const known: readonly [number, number] = [12, 7];

/** Values that a table doesn't have, by the name of the table. */
const leftOut: Readonly<Record<string, { readonly names: RegExp; readonly why: string }>> = {
  'lib/domain/lifecycle.ts: startFlags': {
    names: /_VALIDATE$/,
    why: 'a start has no XML that could be checked',
  },
  'lib/domain/block-options.ts: resizeFlags': { names: /_BYTES$/, why: 'it is always set' },
  'lib/domain/cpu-options.ts: vcpuCountFlags': { names: /_ASYNC_UNPLUG$/, why: 'it is for changes only' },
  'lib/domain/saved-state.ts: managedSaveFlags': { names: /_RESET_NVRAM$/, why: 'it is for restores only' },
  'lib/domain/saved-state.ts: saveFlags': { names: /_RESET_NVRAM$/, why: 'it is for restores only' },
  'lib/domain/saved-state.ts: defineFlags': {
    names: /_(BYPASS_CACHE|RESET_NVRAM)$/,
    why: 'libvirt takes only the two of states',
  },
  'lib/connection/saved-domains.ts: savedXmlFlags': {
    names: /_(BYPASS_CACHE|RESET_NVRAM)$/,
    why: 'libvirt takes only the two of states',
  },
  'lib/domain/stats-options.ts: statsFlags': {
    names: /_(ACTIVE|INACTIVE|PERSISTENT|TRANSIENT|RUNNING|PAUSED|SHUTOFF|OTHER)$/,
    why: 'they select domains, and allStatsFlags has them',
  },
  'lib/domain/migration-options.ts: migrateFlags': {
    names: /_(PEER2PEER|TUNNELLED)$/,
    why: 'they are for daemons that talk to each other, and migrateToUriFlags has them',
  },
  'lib/connection/host-cpus.ts: comparisons': { names: /_ERROR$/, why: 'it is the result of a failure' },
  'lib/domain/memory-options.ts: memoryStatTags': { names: /_NR$/, why: 'it is the number of tags' },
};

/** Words that are not the end of libvirt's name, because a person expects other ones, or virsh has them. */
const renamed: Readonly<Record<string, string>> = {
  VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS: 'enforce',
  VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV: 'usb_device',
  VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_INTERFACE: 'usb',
  VIR_DOMAIN_BLOCK_JOB_TYPE_UNKNOWN: 'unknown-job',
  VIR_DOMAIN_BLOCK_JOB_TYPE_PULL: 'block-pull',
  VIR_DOMAIN_BLOCK_JOB_TYPE_COPY: 'block-copy',
  VIR_DOMAIN_BLOCK_JOB_TYPE_COMMIT: 'block-commit',
  VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT: 'active-block-commit',
  VIR_DOMAIN_DISK_ERROR_UNSPEC: 'unspecified',
  VIR_DOMAIN_GUEST_INFO_FILESYSTEM: 'fileSystems',
  VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN: 'incoming-migration',
  VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT: 'outgoing-migration',
  VIR_DOMAIN_LIFECYCLE_ACTION_RESTART_RENAME: 'rename-restart',
  VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC: 'hugePagesAllocated',
  VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL: 'hugePagesFailed',
  VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT: 'majorFaults',
  VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT: 'minorFaults',
  VIR_DOMAIN_REBOOT_ACPI_POWER_BTN: 'acpi',
  VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN: 'acpi',
  VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM: 'sparse',
  VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM: 'sparse',
};

/** A name that a comment has, and that is no enumeration. */
const notEnumerations = ['virDomainInterfaceStatsStruct'];

const isOld = ({ version }: LibvirtApi): boolean => {
  const [major = 0, minor = 0] = version ?? [];
  return major < known[0] || (major === known[0] && minor < known[1]);
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Whether an option or a word stands for one of these constants. The other half of a pair has no word to compare. */
function fits(word: string, names: readonly string[]): boolean {
  if (word === '' || word.startsWith('!')) return true;
  const own = plain(word.replace(/(KiB|Seconds)$/, ''));
  return names.some(
    (name) => renamed[name] === word || plain(name).endsWith(own) || plain(name).endsWith(`${own}dev`),
  );
}

function faultsOf({ title, kind, enumerations, numbers }: TableOfNumbers, api: LibvirtApi): string[] {
  return enumerations
    .filter((name) => !notEnumerations.includes(name))
    .flatMap((name) => {
      const enumeration = api.enumerations.get(name);
      if (enumeration === undefined) return isOld(api) ? [] : [`libvirt has no ${name}`];
      const all = [...enumeration].filter(([constant]) => !/(?<!_ADD)_LAST$/.test(constant));
      const namesOf = (number: number) =>
        all.filter(([, value]) => value === number).map(([constant]) => constant);
      const wrong = numbers.flatMap(({ word, number }) => {
        const names = namesOf(number);
        if (names.length === 0) return isOld(api) ? [] : [`${name} has no ${number}, which is ${word}`];
        return fits(word, names) ? [] : [`${word} is ${names.join(' or ')}`];
      });
      const missing = all
        .filter(([, value]) => !numbers.some(({ number }) => number === value))
        .filter(([, value]) => !(kind === 'flags' && value === 0))
        .filter(([constant]) => leftOut[title]?.names.test(constant) !== true)
        .map(([constant, value]) => `${constant} (${value}) is missing`);
      return [...wrong, ...missing];
    });
}

describe('the tables of flags', () => {
  const tables = tablesOfNumbers();
  const api = libvirtApi();

  before(function () {
    if (api !== undefined) return;
    console.error(
      '\n*** NOT TESTED: the flags, because libvirt’s description of its API is not installed ***\n',
    );
    this.skip();
  });

  it('should be found', () => {
    const flags = tables.filter(({ kind }) => kind === 'flags');
    expect(flags).to.have.lengthOf.above(80);
    expect(flags.flatMap(({ numbers }) => numbers)).to.have.lengthOf.above(300);
    expect(api?.enumerations.size).to.be.above(100);
  });

  it('should each name the enumeration of libvirt', () => {
    const nameless = tables.filter(({ enumerations, isCopied }) => enumerations.length === 0 && !isCopied);
    expect(nameless.map(({ title }) => title)).to.deep.equal([]);
  });

  it('should have no flag twice', () => {
    const twice = tables.filter(
      ({ numbers }) => new Set(numbers.map(({ number }) => number)).size < numbers.length,
    );
    expect(twice.map(({ title }) => title)).to.deep.equal([]);
  });

  for (const table of tables.filter(({ enumerations }) => enumerations.length > 0)) {
    it(`should have libvirt’s numbers: ${table.title}`, () => {
      expect(api === undefined ? [] : faultsOf(table, api)).to.deep.equal([]);
    });
  }

  it('should exist when something is left out of them', () => {
    const titles = tables.map(({ title }) => title);
    expect(Object.keys(leftOut).filter((title) => !titles.includes(title))).to.deep.equal([]);
  });
});
