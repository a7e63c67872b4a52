import { expect } from 'chai';
import { closeReason } from '../../lib/errors/close-info.js';
import { errorCodes, errorDomains, errorLevels } from '../../lib/errors/error-names.js';
import { libvirtEnum } from '../support/installed/libvirt-header.js';

// libvirt never uses a number again. So the list of an older header is the beginning of our list, and our list is the
// beginning of a newer header's list.
describe('the names of errors, compared with the installed virterror.h', () => {
  for (const [name, ours, count] of [
    ['virErrorNumber', errorCodes, 100],
    ['virErrorDomain', errorDomains, 70],
    ['virErrorLevel', errorLevels, 3],
  ] as const) {
    it(`should be those of ${name}`, () => {
      const theirs = libvirtEnum('virterror.h', name);
      expect(theirs.size).to.be.at.least(count);
      for (const [number, word] of theirs) {
        if (number < ours.length) expect(ours[number], `number ${number}`).to.equal(word);
      }
    });
  }

  it('should be complete for libvirt 12.8', () => {
    expect(errorCodes.slice(110)).to.deep.equal([
      'VIR_ERR_MULTIPLE_DOMAINS',
      'VIR_ERR_NO_NETWORK_METADATA',
      'VIR_ERR_AGENT_COMMAND_TIMEOUT',
      'VIR_ERR_AGENT_COMMAND_FAILED',
      'VIR_ERR_INVALID_ENCR_KEY_SECRET',
    ]);
    expect(errorDomains.indexOf('VIR_FROM_CH')).to.equal(errorDomains.length - 1);
  });
});

describe('closeReason', () => {
  it('should know every virConnectCloseReason', () => {
    const words = [...libvirtEnum('libvirt-common.h', 'virConnectCloseReason').values()];
    expect(words).to.deep.equal([
      'VIR_CONNECT_CLOSE_REASON_ERROR',
      'VIR_CONNECT_CLOSE_REASON_EOF',
      'VIR_CONNECT_CLOSE_REASON_KEEPALIVE',
      'VIR_CONNECT_CLOSE_REASON_CLIENT',
    ]);
    expect([0, 1, 2, 3].map(closeReason)).to.deep.equal(['error', 'end-of-file', 'keepalive', 'client']);
  });

  it('should count a newer reason as an error', () => {
    expect(closeReason(4)).to.equal('error');
  });
});
