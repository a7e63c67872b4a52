// SPDX-License-Identifier: MIT
#pragma once

namespace rxvirt {

// Whether the process may open so many more file descriptors. Another thread may take them at any moment.
bool HasFreeFds(int count);

}  // namespace rxvirt
