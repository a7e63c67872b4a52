// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <unordered_map>

namespace rxvirt {

class Call;
struct VirError;

// A call whose promise is not settled yet. Loop thread only.
class OpenCall {
 public:
  virtual ~OpenCall() = default;
  // Rejects the promise at once. The call no longer keeps the process alive. libvirt's function continues,
  // because nobody can stop it.
  virtual void GiveUp(const VirError& reason) = 0;
  [[nodiscard]] virtual Call& call() = 0;
  // After GiveUp(), for a call that is under way: until it is answered it counts as given up.
  virtual void CountAsGivenUp() = 0;

  uint64_t number = 0;  // identifies it in its environment
};

using OpenCalls = std::unordered_map<uint64_t, OpenCall*>;  // by number

}  // namespace rxvirt
