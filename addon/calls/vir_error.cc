// SPDX-License-Identifier: MIT
#include "calls/vir_error.h"

#include <utility>

#include "library/functions.h"

namespace rxvirt {

VirError VirError::Last(const char* call) {
  VirError error;
  error.call = call;
  const virErrorPtr last = virGetLastError();
  if (last == nullptr) {
    error.message = "libvirt gave no reason";
    return error;
  }
  error.code = last->code;
  error.domain = last->domain;
  error.level = last->level;
  error.message = last->message != nullptr ? last->message : "";
  return error;
}

VirError VirError::Own(int code, int domain, std::string message, const char* call) {
  VirError error;
  error.code = code;
  error.domain = domain;
  error.level = VIR_ERR_ERROR;
  error.message = std::move(message);
  error.call = call;
  return error;
}

VirError VirError::NotRun(const std::string& reason) {
  return Own(VIR_ERR_SYSTEM_ERROR, VIR_FROM_THREAD, reason);
}

VirError VirError::OutOfMemory() { return Own(VIR_ERR_NO_MEMORY, VIR_FROM_NONE, ""); }

VirError VirError::Absent(const char* call, unsigned long since) {
  const auto written = [](unsigned long version) {
    return std::to_string(version / 1'000'000) + "." + std::to_string(version / 1'000 % 1'000);
  };
  unsigned long installed = 0;
  virGetVersion(&installed, nullptr, nullptr);
  return Own(VIR_ERR_NO_SUPPORT, VIR_FROM_NONE,
             "this needs libvirt " + written(since) + ", and " + written(installed) + " is installed", call);
}

VirError VirError::Of(const char* of_call) const {
  VirError error = *this;
  if (*error.call == '\0') error.call = of_call;
  return error;
}

VirError VirError::Closed(const char* call) {
  VirError error = Own(VIR_ERR_INVALID_CONN, VIR_FROM_NONE, "the connection is closed", call);
  error.is_closed = true;
  return error;
}

Napi::Object VirError::ToJs(Napi::Env env) const {
  auto object = Napi::Object::New(env);
  object["code"] = code;
  object["domain"] = domain;
  object["level"] = level;
  object["message"] = message;
  object["call"] = call;
  object["isClosed"] = is_closed;
  return object;
}

}  // namespace rxvirt
