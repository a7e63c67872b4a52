// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>

namespace rxvirt {

struct CallRow;

// Several of libvirt's functions that JavaScript can call.
struct CallRows {
  const CallRow* first;
  size_t count;
};

// The tables of calls/tables/: one line for each function.
CallRows ConnectionRows();
CallRows NodeRows();
CallRows DomainRows();
CallRows DomainSettingRows();
CallRows SnapshotRows();
CallRows NetworkRows();
CallRows StorageRows();
CallRows NodeDeviceRows();
CallRows OtherRows();
CallRows StreamRows();

}  // namespace rxvirt
