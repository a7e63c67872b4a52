import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PrivateLibvirtd } from '../support/libvirtd/private-libvirtd.js';
import { runScript } from '../support/programs/run-script.js';

const suppressions = fileURLToPath(new URL('../../../scripts/sanitize/leaks.supp', import.meta.url));

/**
 * The environment with LeakSanitizer's runtime. It watches malloc and free, and programs need not be compiled for it.
 */
function leakSanitizer(): Record<string, string> {
  const library = execFileSync('g++', ['-print-file-name=liblsan.so'], { encoding: 'utf8' }).trim();
  return {
    LD_PRELOAD: library,
    // Otherwise GLib keeps small objects, such as libvirt's domains, in its own pages, and the runtime doesn't see
    // them.
    G_SLICE: 'always-malloc',
    // exitcode=0: Node itself sometimes leaves memory behind, so the exit code means nothing. fast_unwind_on_malloc=0:
    // libvirt and its libraries keep no frame pointers, so only the slow way of unwinding finds their callers.
    LSAN_OPTIONS: `exitcode=0:fast_unwind_on_malloc=0:malloc_context_size=16:suppressions=${suppressions}`,
  };
}

/** The leaks whose memory was allocated by a call of our code. */
function leaksOfOurs(report: string): string[] {
  return report
    .split(/\n\s*\n/)
    .filter((part) => /^(Direct|Indirect) leak of /.test(part) && part.includes('rxvirt.node'));
}

describe('memory of the addon and of libvirt', () => {
  let libvirtd: PrivateLibvirtd;

  before(async () => {
    libvirtd = await PrivateLibvirtd.start();
  });

  after(() => libvirtd.stop());

  it('should be freed: of connections, look-ups, registrations, events and errors', async () => {
    const script = await runScript('leave-nothing', ['5', 'test:///default', libvirtd.uri], {
      env: leakSanitizer(),
    });
    expect(script, script.stderr).to.include({ exitCode: 0, signal: null });
    expect(leaksOfOurs(script.stderr)).to.deep.equal([]);
  });
});
