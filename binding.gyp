{
  'variables': {
    # CI sets RXVIRT_WERROR=1; a user's newer compiler must not fail the build on a new warning.
    'werror%': '<!(echo ${RXVIRT_WERROR:-0})',
    'libvirt_found%': '<!(pkg-config --exists "libvirt >= 7.0" || (echo "rxvirt needs libvirt 7.0 or newer: install libvirt-dev and pkg-config (Debian, Ubuntu) or libvirt-devel and pkgconf (Fedora)" >&2; exit 1))',
    'has_specs%': '<!(test -d spec/native && echo 1 || echo 0)',
  },
  'target_defaults': {
    'dependencies': ["<!(node -p \"require('node-addon-api').targets\"):node_addon_api_except_all"],
    'cflags': ['<!@(pkg-config --cflags libvirt)', '-fvisibility=hidden'],
    'cflags_cc': ['-std=c++17', '-Wall', '-Wextra'],
    # libvirt keeps pointers to our functions for ever, so the library may never be unloaded, also not
    # when the only worker that loaded it ends.
    'ldflags': ['-Wl,-z,nodelete'],
    # libvirt-qemu is loaded by dlopen, which glibc before 2.34 keeps in a library of its own.
    'libraries': ['<!@(pkg-config --libs libvirt)', '-ldl'],
    # In a worker that is being terminated an exception can't be thrown; node-addon-api would abort the process.
    'defines': ['NAPI_VERSION=9', 'NODE_ADDON_API_DISABLE_DEPRECATED', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
    'conditions': [['werror==1', { 'cflags_cc': ['-Werror'] }]],
  },
  'targets': [
    {
      'target_name': 'rxvirt',
      'sources': [
        'addon/addon.cc',
        'addon/addon_data.cc',
        'addon/call_threads.cc',
        'addon/connection.cc',
        'addon/domain.cc',
        'addon/domain_identity.cc',
        'addon/event_bridge.cc',
        'addon/event_bridge_dispatch.cc',
        'addon/event_bridge_owners.cc',
        'addon/event_dispatcher.cc',
        'addon/event_families.cc',
        'addon/event_functions.cc',
        'addon/event_queue.cc',
        'addon/event_registration.cc',
        'addon/event_target.cc',
        'addon/event_trampolines_domain.cc',
        'addon/event_trampolines_objects.cc',
        'addon/fd_poller.cc',
        'addon/libvirt_code.cc',
        'addon/libvirt_log.cc',
        'addon/loop_registration.cc',
        'addon/loop_waker.cc',
        'addon/qemu_library.cc',
        'addon/ready_queues.cc',
        'addon/reaper.cc',
        'addon/vir_error.cc',
      ],
    },
  ],
  'conditions': [
    # The npm package has no spec/.
    ['has_specs==1', {
      'targets': [
        {
          'target_name': 'spec_native',
          'sources': [
            'spec/native/fd_tools.cc',
            'spec/native/id_cycles.cc',
            'spec/native/native_memory.cc',
            'spec/native/recorded_sources.cc',
            'spec/native/spec_native.cc',
            'spec/native/stress.cc',
            'spec/native/stress_functions.cc',
          ],
        },
        { 'target_name': 'foreign_loop', 'sources': ['spec/native/foreign_loop.cc'] },
      ],
    }],
  ],
}
