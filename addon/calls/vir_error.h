// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <string>

namespace rxvirt {

// A copy of libvirt's last error, which is kept for each thread: take it on the thread that failed.
struct VirError {
  int code = 0;
  int domain = 0;
  int level = 0;
  std::string message;
  const char* call = "";   // the libvirt function; a literal
  bool is_closed = false;  // there was no connection to make the call on

  static VirError Last(const char* call);
  // For calls on a connection that has been closed meanwhile.
  static VirError Closed(const char* call);
  // For calls that were never made.
  static VirError NotRun(const std::string& reason);
  static VirError OutOfMemory();
  // For a function or event that only newer versions of libvirt have.
  static VirError Absent(const char* call, unsigned long since);

  // The same, of this call unless it says of which it is.
  [[nodiscard]] VirError Of(const char* call) const;

  // A plain object with these fields; lib/errors.ts makes the error of it.
  [[nodiscard]] Napi::Object ToJs(Napi::Env env) const;
};

}  // namespace rxvirt
