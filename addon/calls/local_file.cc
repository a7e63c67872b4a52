// SPDX-License-Identifier: MIT
#include "calls/local_file.h"

#include <fcntl.h>

#include <cerrno>
#include <memory>

#include "calls/async_call.h"
#include "calls/passed_values.h"
#include "export.h"

namespace rxvirt {
namespace {

// (fd): a handle of the file, or a negated errno. The caller keeps its descriptor.
Napi::Value ShareFile(const Napi::CallbackInfo& info) {
  const int fd = fcntl(PassedValues(info, "shareFile").NextInteger<int>(), F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return Napi::Number::New(info.Env(), -errno);
  return ToExternal(info.Env(), std::make_shared<LocalFile>(fd));
}

// (file): resolves when no call uses the file any more. No later call can use it.
Napi::Value CloseFile(const Napi::CallbackInfo& info) {
  const auto file = PassedValues(info, "closeFile").NextHandle<LocalFile>();
  return PostCall<int>(
      AddonData::Of(info), std::make_shared<CallLane>(), nullptr, KeepAlive::kYes,
      [file]() -> CallResult<int> {
        file->Close();
        return 0;
      },
      [](Napi::Env env, int&) { return env.Undefined(); });
}

}  // namespace

void ExportLocalFiles(AddonData& data, Napi::Object exports) {
  Export<ShareFile>(data, exports, "shareFile");
  Export<CloseFile>(data, exports, "closeFile");
}

}  // namespace rxvirt
