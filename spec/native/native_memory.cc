// SPDX-License-Identifier: MIT
#include "native_memory.h"

#include <malloc.h>

#include "fd_tools.h"

namespace spec {
namespace {

// Older C libraries have only mallinfo(), which counts in int.
Napi::Value NativeBytes(const Napi::CallbackInfo& info) {
#if __GLIBC_PREREQ(2, 33)
  const auto memory = mallinfo2();
#else
  const auto memory = mallinfo();
#endif
  return Napi::Number::New(info.Env(), static_cast<double>(memory.uordblks) + memory.hblkhd);
}

}  // namespace

void ExportNativeMemory(Napi::Env env, Napi::Object exports) {
  Export(env, exports, "nativeBytes", NativeBytes);
}

}  // namespace spec
