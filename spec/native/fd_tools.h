// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

namespace spec {

// Makes, duplicates and closes file descriptors by number, which Node.js doesn't offer.
void ExportFdTools(Napi::Env env, Napi::Object exports);

inline int IntArgument(const Napi::CallbackInfo& info, size_t index) {
  return info[index].As<Napi::Number>().Int32Value();
}

inline void Export(Napi::Env env, Napi::Object exports, const char* name,
                   Napi::Value (*function)(const Napi::CallbackInfo&)) {
  exports.Set(name, Napi::Function::New(env, function, name));
}

}  // namespace spec
