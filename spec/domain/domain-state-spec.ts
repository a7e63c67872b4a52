import { expect } from 'chai';
import { domainState } from '../../lib/domain/domain-state.js';
import { libvirtEnum } from '../support/installed/libvirt-header.js';

const header = 'libvirt-domain.h';

/** For each virDomainState: the enumeration of its reasons, and the prefix of the reasons' names. */
const reasonEnums = {
  'no-state': ['virDomainNostateReason', 'VIR_DOMAIN_NOSTATE_'],
  running: ['virDomainRunningReason', 'VIR_DOMAIN_RUNNING_'],
  blocked: ['virDomainBlockedReason', 'VIR_DOMAIN_BLOCKED_'],
  paused: ['virDomainPausedReason', 'VIR_DOMAIN_PAUSED_'],
  shutdown: ['virDomainShutdownReason', 'VIR_DOMAIN_SHUTDOWN_'],
  shutoff: ['virDomainShutoffReason', 'VIR_DOMAIN_SHUTOFF_'],
  crashed: ['virDomainCrashedReason', 'VIR_DOMAIN_CRASHED_'],
  'pm-suspended': ['virDomainPMSuspendedReason', 'VIR_DOMAIN_PMSUSPENDED_'],
} as const;

// The words for which virsh doesn't use the name of the constant.
const virshWords: Readonly<Record<string, string>> = {
  NOSTATE: 'no-state',
  PMSUSPENDED: 'pm-suspended',
  WAKEUP: 'event-wakeup',
  MIGRATION: 'migrating',
  SAVE: 'saving',
  DUMP: 'dumping',
  IOERROR: 'io-error',
  SNAPSHOT: 'creating-snapshot',
  POSTCOPY: 'post-copy',
  POSTCOPY_FAILED: 'post-copy-failed',
};

function wordFor(constant: string, prefix: string): string {
  const rest = constant.slice(prefix.length);
  return virshWords[rest] ?? rest.toLowerCase().replaceAll('_', '-');
}

describe('domainState, compared with the installed libvirt-domain.h', () => {
  it('should have a word for every virDomainState', () => {
    const theirs = libvirtEnum(header, 'virDomainState');
    expect(theirs.size).to.equal(Object.keys(reasonEnums).length);
    for (const [number, constant] of theirs)
      expect(domainState([number, 0]).state, constant).to.equal(wordFor(constant, 'VIR_DOMAIN_'));
  });

  const states = Object.entries(reasonEnums);
  for (const [state, [name, prefix]] of states) {
    it(`should have a word for every ${name}`, () => {
      const number = states.findIndex(([other]) => other === state);
      const theirs = libvirtEnum(header, name);
      expect(theirs.size).to.be.at.least(1);
      for (const [reason, constant] of theirs) {
        const answer = domainState([number, reason]);
        expect(answer, constant).to.include({ state, reason: wordFor(constant, prefix) });
      }
    });
  }

  it('should keep the numbers', () => {
    expect(domainState([3, 1])).to.deep.equal({
      state: 'paused',
      reason: 'user',
      stateNumber: 3,
      reasonNumber: 1,
    });
  });

  it('should say unknown, and keep the number, for what is newer than the library', () => {
    expect(domainState([1, 99])).to.include({ state: 'running', reason: 'unknown', reasonNumber: 99 });
    expect(domainState([99, 1])).to.include({ state: 'unknown', reason: 'unknown', stateNumber: 99 });
  });
});
