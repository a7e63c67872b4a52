// SPDX-License-Identifier: MIT
#include <napi.h>

#include "fd_tools.h"
#include "id_cycles.h"
#include "native_memory.h"
#include "recorded_sources.h"
#include "stress_functions.h"

static Napi::Object Init(Napi::Env env, Napi::Object exports) {
  spec::ExportFdTools(env, exports);
  spec::ExportRecordedSources(env, exports);
  spec::ExportIdCycles(env, exports);
  spec::ExportNativeMemory(env, exports);
  spec::ExportStress(env, exports);
  return exports;
}
NODE_API_MODULE(spec_native, Init)
