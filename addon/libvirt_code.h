// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

// Whether the function is code of libvirt's client library. Any thread.
bool IsLibvirtCode(void* function);

}  // namespace rxvirt
