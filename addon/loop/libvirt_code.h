// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

// Whether the function is code of libvirt's client library. Any thread.
bool IsLibvirtCode(void* function);

// Whether this process has more than one file of this addon loaded: packages that each brought a copy of
// their own. Such copies share nothing. Any thread.
bool IsAddonInstalledTwice();

}  // namespace rxvirt
