import { expect } from 'chai';
import { loopChoices } from '../support/loop/loop-of-choice.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { reportOf } from '../support/programs/run-script.js';
import { showLogOnFailure } from '../support/libvirtd/show-log.js';

// Each loop runs in a process of its own. The process has to end by itself, with exit code 0 and nothing on stderr.
describe('the lifecycle stream', () => {
  const pairs = 10_000;
  let libvirtd: PrivateLibvirtd;
  showLogOnFailure(() => libvirtd);
  beforeEach(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });
  afterEach(() => libvirtd.stop());

  for (const loop of loopChoices) {
    describe(`with ${loop}`, () => {
      for (const host of ["libvirt's test host", 'a libvirtd'] as const) {
        it(`should tell of all of ${pairs} pairs of suspend and resume on ${host}, in order`, async () => {
          const uri = host === 'a libvirtd' ? libvirtd.uri : 'test:///default';
          expect(await reportOf('lifecycle-stream', [loop, uri, String(pairs)])).to.deep.equal({
            count: 2 * pairs,
            firstOutOfOrder: null,
          });
        });
      }

      for (const [what, signal, reason] of [
        ['is killed', 'SIGKILL', 'end-of-file'],
        ['falls silent', 'SIGSTOP', 'keepalive'],
      ] as const) {
        it(`should error with ConnectionClosedError '${reason}' when the libvirtd ${what}`, async () => {
          const { uri, pid } = libvirtd;
          const error = `ConnectionClosedError: ${reason}`;
          expect(await reportOf('lost-connection', [loop, uri, String(pid), signal])).to.deep.equal({
            closed: reason,
            isOpen: false,
            connect: error,
            'domainEvents, all domains': error,
            'domainEvents, one domain': error,
            'domainEvents, late': error,
            'a call': error,
          });
        });
      }
    });
  }
});
