// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

// The oldest libvirt that rxvirt works with. binding.gyp, lib/native.ts and README.md name it too. This file
// checks the version of the headers. lib/native.ts checks the version of the library that the process loads.
#if !LIBVIR_CHECK_VERSION(7, 0, 0)
#error \
    "rxvirt needs libvirt 7.0 or newer: install a newer libvirt-dev (Debian, Ubuntu) or libvirt-devel (Fedora)"
#endif
