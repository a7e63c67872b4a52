// What each mode compiles with, which runtimes it gives to Node, and how they are told to behave.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const suppressions = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Each process writes its reports to a file of its own. */
export const reportsFolder = 'reports';
const logPath = (copy) => `log_path=${join(copy, reportsFolder, 'report')}`;

// Each runtime library has to come before all others.
export const modes = {
  address: {
    flags: '-fsanitize=address,undefined',
    runtimes: ['libasan.so', 'libubsan.so'],
    environment: (copy) => ({
      // Otherwise GLib keeps small objects, such as libvirt's domains, in pages of its own, and reuses them unseen.
      G_SLICE: 'always-malloc',
      // A process can end amid the start or end of a thread. LeakSanitizer crashes then where it has followed what
      // that thread has loaded late (intercept_tls_get_addr).
      // libvirt and its libraries keep no frame pointers: only the slow way of unwinding finds who called them. Between
      // our call and malloc() there are a dozen frames of libvirt's and GLib's.
      ASAN_OPTIONS: `${logPath(copy)}:detect_leaks=1:verify_asan_link_order=0:quarantine_size_mb=32:fast_unwind_on_malloc=0:malloc_context_size=16:intercept_tls_get_addr=0`,
      // Node itself leaves much behind when it ends. The reports are read for what is ours, see reports.cjs.
      LSAN_OPTIONS: `exitcode=0:print_suppressions=0:suppressions=${suppressions('leaks.supp')}`,
      UBSAN_OPTIONS: `${logPath(copy)}:halt_on_error=1:print_stacktrace=1`,
    }),
  },
  thread: {
    flags: '-fsanitize=thread',
    runtimes: ['libtsan.so'],
    environment: (copy) => ({
      // What others do has to be seen too: their locks order what we do. See reports.cjs for what is said of them.
      TSAN_OPTIONS: [
        logPath(copy),
        'exitcode=0',
        'history_size=4',
        'atexit_sleep_ms=0',
        `suppressions=${suppressions('races.supp')}`,
      ].join(':'),
    }),
  },
};
