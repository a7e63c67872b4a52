// SPDX-License-Identifier: MIT
#pragma once
#include <unordered_set>

namespace rxvirt {

struct VirError;

// A call whose promise is not settled yet. Loop thread only.
class OpenCall {
 public:
  virtual ~OpenCall() = default;
  // Rejects at once, and lets the process end without the call. The call itself goes on: nobody can stop it.
  virtual void GiveUp(const VirError& reason) = 0;
};

using OpenCalls = std::unordered_set<OpenCall*>;

}  // namespace rxvirt
