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
    'ldflags': ['-Wl,-z,nodelete', '-Wl,-z,now'],
    # libvirt is opened at run time, by dlopen(), which glibc before 2.34 keeps in a library of its own.
    'libraries': ['-ldl'],
    # In a worker that is being terminated an exception can't be thrown; node-addon-api would abort the process.
    'defines': ['NAPI_VERSION=9', 'NODE_ADDON_API_DISABLE_DEPRECATED', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
    'conditions': [['werror==1', { 'cflags_cc': ['-Werror'] }]],
  },
  'targets': [
    {
      'target_name': 'rxvirt',
      'include_dirs': ['addon'],
      'sources': [
        'addon/addon.cc',
        'addon/addon_data.cc',
        'addon/addon_data_changes.cc',
        'addon/addon_data_sources.cc',
        'addon/libvirt_log.cc',
        'addon/calls/call_threads.cc',
        'addon/calls/catch_up.cc',
        'addon/calls/connection.cc',
        'addon/calls/found_objects.cc',
        'addon/calls/free_fds.cc',
        'addon/calls/gauges.cc',
        'addon/calls/reaper.cc',
        'addon/calls/table.cc',
        'addon/calls/vir_error.cc',
        'addon/events/callbacks.cc',
        'addon/events/dispatcher.cc',
        'addon/events/domain_identity.cc',
        'addon/events/families.cc',
        'addon/events/payload.cc',
        'addon/events/queue.cc',
        'addon/events/ready_queues.cc',
        'addon/events/registration.cc',
        'addon/events/target.cc',
        'addon/library/library.cc',
        'addon/loop/bridge.cc',
        'addon/loop/bridge_changes.cc',
        'addon/loop/bridge_dispatch.cc',
        'addon/loop/bridge_end.cc',
        'addon/loop/bridge_owners.cc',
        'addon/loop/fd_poller.cc',
        'addon/loop/fd_poller_ready.cc',
        'addon/loop/functions.cc',
        'addon/loop/libvirt_code.cc',
        'addon/loop/native_loop.cc',
        'addon/loop/native_loop_thread.cc',
        'addon/loop/own_source.cc',
        'addon/loop/registration.cc',
        'addon/node/loop_waker.cc',
      ],
    },
  ],
  'conditions': [
    # The npm package has no spec/.
    ['has_specs==1', {
      'targets': [
        {
          'target_name': 'spec_native',
          'libraries': ['<!@(pkg-config --libs libvirt)'],
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
        {
          'target_name': 'foreign_loop',
          'libraries': ['<!@(pkg-config --libs libvirt)'],
          'sources': ['spec/native/foreign_loop.cc'],
        },
      ],
    }],
  ],
}
