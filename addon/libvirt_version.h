// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

// The oldest libvirt that rxvirt works with. binding.gyp and README.md name it too.
#if !LIBVIR_CHECK_VERSION(7, 0, 0)
#error "rxvirt needs libvirt 7.0 or newer: install a newer libvirt-dev (Debian, Ubuntu) or libvirt-devel (Fedora)"
#endif

namespace rxvirt {

constexpr unsigned long kOldestLibvirt = 7 * 1'000'000;

}  // namespace rxvirt
