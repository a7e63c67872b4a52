// SPDX-License-Identifier: MIT
#pragma once
#include <new>

namespace rxvirt {

// A value for a static variable that other threads may use until the process has ended, so its destructor
// must not run. It takes no memory from the heap: the first use may come where none is left.
template <typename T>
class NeverDestroyed {
 public:
  NeverDestroyed() { new (bytes_) T; }
  NeverDestroyed(const NeverDestroyed&) = delete;
  NeverDestroyed& operator=(const NeverDestroyed&) = delete;
  [[nodiscard]] T& operator*() { return *std::launder(reinterpret_cast<T*>(bytes_)); }

 private:
  alignas(T) unsigned char bytes_[sizeof(T)];
};

}  // namespace rxvirt
