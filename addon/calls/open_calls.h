// SPDX-License-Identifier: MIT
#pragma once
#include <unordered_set>

namespace rxvirt {

struct VirError;

// A call whose promise is not settled yet. Loop thread only.
class OpenCall {
 public:
  virtual ~OpenCall() = default;
  // Rejects the promise at once. The call no longer keeps the process alive. libvirt's function continues,
  // because nobody can stop it.
  virtual void GiveUp(const VirError& reason) = 0;
};

using OpenCalls = std::unordered_set<OpenCall*>;

}  // namespace rxvirt
