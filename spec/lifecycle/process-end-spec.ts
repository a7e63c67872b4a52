import { expect } from 'chai';
import { loopChoices } from '../support/loop/loop-of-choice.js';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { isSanitized } from '../support/programs/is-sanitized.js';
import { runScript } from '../support/programs/run-script.js';

const testHost = 'test:///default';

// A sanitizer takes a second to look for leaks when a process ends.
const limitMs = isSanitized ? 4000 : 1000;

describe('a script that has closed and unsubscribed everything', () => {
  async function expectEnd(scenario: string, loop: string, uri: string, stdout = 'done\n'): Promise<void> {
    const end = await runScript('end-by-itself', [scenario, loop, uri]);
    expect(end).to.deep.include({ exitCode: 0, signal: null, stdout, stderr: '' });
    expect(end.silenceMs, 'milliseconds from its last line to its end').to.be.below(limitMs);
  }

  for (const loop of loopChoices) {
    for (const scenario of [
      'open, subscribe, close',
      'close, not awaited',
      'close, then unsubscribe',
      'many connections',
      'cannot open',
      'silent timeout left',
      'registered only',
    ]) {
      it(`should end by itself within a second, with exit code 0: ${scenario}, with ${loop}`, () =>
        expectEnd(scenario, loop, testHost));
    }

    it(`should end as well after using a libvirtd, with ${loop}`, async () => {
      await using libvirtd = await PrivateLibvirtd.start();
      await expectEnd('open, subscribe, close', loop, libvirtd.uri);
    });

    it(`should not end while a connection is open, with ${loop}`, () =>
      expectEnd('stay open', loop, testHost, 'done\nstill there\n'));
  }
});

describe('a script that ends during a burst of events', () => {
  for (const loop of loopChoices) {
    for (const host of ["libvirt's test host", 'a libvirtd'] as const) {
      for (const [how, exitCode] of [
        ['process.exit()', 7],
        ['process.exit() from a timer', 7],
        ['an exception', 1],
      ] as const) {
        it(`should end cleanly by ${how}, on ${host}, with ${loop}`, async () => {
          await using libvirtd = host === 'a libvirtd' ? await PrivateLibvirtd.start() : undefined;
          const end = await runScript('exit-amid-burst', [how, loop, libvirtd?.uri ?? testHost]);
          expect(end).to.include({ exitCode, signal: null });
          expect(end.stderr).to.match(how === 'an exception' ? /Error: on purpose/ : /^$/);
        });
      }
    }
  }
});
