// SPDX-License-Identifier: MIT
#include "loop/libvirt_code.h"

#include <link.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "library/functions.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

// The range of memory that holds the library of the given function.
struct LibraryRange {
  explicit LibraryRange(void* function) : inside(reinterpret_cast<uintptr_t>(function)) {
    dl_iterate_phdr([](dl_phdr_info* library, size_t,
                       void* self) { return static_cast<LibraryRange*>(self)->Visit(*library); },
                    this);
  }
  int Visit(const dl_phdr_info& library) {
    uintptr_t low = UINTPTR_MAX;
    uintptr_t high = 0;
    for (int i = 0; i < library.dlpi_phnum; ++i) {
      const auto& segment = library.dlpi_phdr[i];
      if (segment.p_type != PT_LOAD) continue;
      low = std::min(low, library.dlpi_addr + segment.p_vaddr);
      high = std::max(high, library.dlpi_addr + segment.p_vaddr + segment.p_memsz);
    }
    if (inside < low || inside >= high) return 0;  // goes to the next library
    begin = low;
    end = high;
    return 1;
  }

  uintptr_t inside;
  uintptr_t begin = 0;
  uintptr_t end = 0;
};

int CountAddon(dl_phdr_info* library, size_t, void* count) {
  const std::string_view path = library->dlpi_name != nullptr ? library->dlpi_name : "";
  if (path.substr(path.rfind('/') + 1) == "rxvirt.node") ++*static_cast<int*>(count);
  return 0;  // goes to the next library
}

}  // namespace

bool IsAddonInstalledTwice() {
  int count = 0;
  dl_iterate_phdr(FromC<CountAddon>, &count);
  return count > 1;
}

// dladdr() could answer this too, but it searches all symbols of the process.
bool IsLibvirtCode(void* function) {
  static const LibraryRange range(libvirt.FindOwn("virConnectOpen"));
  const auto address = reinterpret_cast<uintptr_t>(function);
  return range.begin <= address && address < range.end;
}

}  // namespace rxvirt
