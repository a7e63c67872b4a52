// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

// Whether the function is code of libvirt's client library. Any thread.
bool IsLibvirtCode(void* function);

// Whether this process has loaded more than one file of this addon. That happens when several packages each
// have a copy of their own. Such copies share no state. Any thread.
bool IsAddonInstalledTwice();

}  // namespace rxvirt
