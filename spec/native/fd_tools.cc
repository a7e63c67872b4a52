// SPDX-License-Identifier: MIT
#include "fd_tools.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace spec {
namespace {

Napi::Value IntOrThrow(Napi::Env env, const char* call, int result) {
  if (result < 0) {
    Napi::Error::New(env, std::string(call) + ": " + strerror(errno)).ThrowAsJavaScriptException();
  }
  return Napi::Number::New(env, result);
}

Napi::Value PairOrThrow(Napi::Env env, const char* call, int result, const int (&fds)[2]) {
  IntOrThrow(env, call, result);
  auto pair = Napi::Array::New(env, 2);
  pair.Set(0u, Napi::Number::New(env, fds[0]));
  pair.Set(1u, Napi::Number::New(env, fds[1]));
  return pair;
}

Napi::Value Pipe(const Napi::CallbackInfo& info) {
  int fds[2] = {-1, -1};
  return PairOrThrow(info.Env(), "pipe2", pipe2(fds, O_CLOEXEC | O_NONBLOCK), fds);
}

Napi::Value SocketPair(const Napi::CallbackInfo& info) {
  int fds[2] = {-1, -1};
  const int type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
  return PairOrThrow(info.Env(), "socketpair", socketpair(AF_UNIX, type, 0, fds), fds);
}

Napi::Value Duplicate(const Napi::CallbackInfo& info) {
  return IntOrThrow(info.Env(), "dup", fcntl(IntArgument(info, 0), F_DUPFD_CLOEXEC, 0));
}

Napi::Value DuplicateTo(const Napi::CallbackInfo& info) {
  return IntOrThrow(info.Env(), "dup3", dup3(IntArgument(info, 0), IntArgument(info, 1), O_CLOEXEC));
}

Napi::Value Close(const Napi::CallbackInfo& info) {
  return IntOrThrow(info.Env(), "close", close(IntArgument(info, 0)));
}

Napi::Value WriteByte(const Napi::CallbackInfo& info) {
  return IntOrThrow(info.Env(), "write", static_cast<int>(write(IntArgument(info, 0), "x", 1)));
}

// Reads all data that is there, and returns the number of bytes.
Napi::Value Drain(const Napi::CallbackInfo& info) {
  char buffer[4096];
  int total = 0;
  for (;;) {
    const auto count = read(IntArgument(info, 0), buffer, sizeof buffer);
    if (count <= 0) return Napi::Number::New(info.Env(), total);
    total += static_cast<int>(count);
  }
}

// Writes until the fd is no longer writable.
Napi::Value Fill(const Napi::CallbackInfo& info) {
  static const char kZeros[4096] = {};
  int total = 0;
  for (size_t size = sizeof kZeros; size > 0; size /= 4) {
    for (;;) {
      const auto count = write(IntArgument(info, 0), kZeros, size);
      if (count <= 0) break;
      total += static_cast<int>(count);
    }
  }
  return Napi::Number::New(info.Env(), total);
}

}  // namespace

void ExportFdTools(Napi::Env env, Napi::Object exports) {
  Export(env, exports, "pipe", Pipe);
  Export(env, exports, "socketPair", SocketPair);
  Export(env, exports, "duplicate", Duplicate);
  Export(env, exports, "duplicateTo", DuplicateTo);
  Export(env, exports, "close", Close);
  Export(env, exports, "writeByte", WriteByte);
  Export(env, exports, "drain", Drain);
  Export(env, exports, "fill", Fill);
}

}  // namespace spec
