// For each mode: the flags of the compiler, the runtimes that Node loads, and the settings of these runtimes.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const suppressions = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Each process writes its reports to a file of its own. */
export const reportsFolder = 'reports';
const logPath = (copy) => `log_path=${join(copy, reportsFolder, 'report')}`;

// In the list of Node's libraries, the runtimes have to come before all others.
export const modes = {
  address: {
    flags: '-fsanitize=address,undefined',
    runtimes: ['libasan.so', 'libubsan.so'],
    environment: (copy) => ({
      // Otherwise GLib keeps small objects, such as libvirt's domains, in its own pages and reuses their memory. The
      // sanitizer wouldn't see that.
      G_SLICE: 'always-malloc',
      // intercept_tls_get_addr=0: a process can end while a thread starts or ends. LeakSanitizer would then crash if it
      // followed the memory of libraries that the thread has loaded late.
      // fast_unwind_on_malloc=0: libvirt and its libraries keep no frame pointers. Only the slow way of unwinding finds
      // their callers.
      // malloc_context_size=16: between the addon's call and malloc() there are a dozen frames of libvirt and GLib.
      ASAN_OPTIONS: `${logPath(copy)}:detect_leaks=1:verify_asan_link_order=0:quarantine_size_mb=32:fast_unwind_on_malloc=0:malloc_context_size=16:intercept_tls_get_addr=0`,
      // exitcode=0: Node itself leaves much memory behind when it ends. reports.cjs looks for this project's leaks.
      LSAN_OPTIONS: `exitcode=0:print_suppressions=0:suppressions=${suppressions('leaks.supp')}`,
      UBSAN_OPTIONS: `${logPath(copy)}:halt_on_error=1:print_stacktrace=1`,
    }),
  },
  thread: {
    flags: '-fsanitize=thread',
    runtimes: ['libtsan.so'],
    environment: (copy) => ({
      // ThreadSanitizer has to watch other libraries too, because their locks order this project's accesses.
      // reports.cjs leaves out the reports about other libraries.
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
