// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <string>

namespace rxvirt {

// A copy of libvirt's last error. libvirt keeps one for each thread, so take the copy on the thread whose
// call failed.
struct VirError {
  int code = 0;
  int domain = 0;
  int level = 0;
  std::string message;
  const char* call = "";   // the libvirt function; a literal
  bool is_closed = false;  // the connection was closed before the call returned

  // An error of our own, in libvirt's terms.
  static VirError Own(int code, int domain, std::string message, const char* call = "");
  static VirError Last(const char* call);
  // For calls on a connection that has been closed meanwhile.
  static VirError Closed(const char* call);
  // For calls that were never made.
  static VirError NotRun(const std::string& reason);
  static VirError OutOfMemory();
  // For a function or event that only newer versions of libvirt have.
  static VirError Absent(const char* call, unsigned long since);

  // Returns a copy of this error. Sets the copy's `call` if this error has none.
  [[nodiscard]] VirError Of(const char* call) const;

  // A plain object with these fields; lib/errors.ts makes the JavaScript error from it.
  [[nodiscard]] Napi::Object ToJs(Napi::Env env) const;
};

}  // namespace rxvirt
