// SPDX-License-Identifier: MIT
#pragma once
#include <uv.h>

#include <utility>

#include "node/from_c.h"

namespace rxvirt {

// Owns one libuv handle. libuv keeps using the memory until the close callback has run, so the memory is
// freed there and not by the destructor. Loop thread only.
template <typename Handle>
class UvHandle {
 public:
  UvHandle() = default;
  ~UvHandle() { Close(); }
  UvHandle(const UvHandle&) = delete;
  UvHandle(UvHandle&&) = delete;
  UvHandle& operator=(const UvHandle&) = delete;
  UvHandle& operator=(UvHandle&&) = delete;

  // `init` is one of libuv's uv_*_init functions, bound to its other arguments; returns libuv's status.
  template <typename Init>
  [[nodiscard]] int Open(Init&& init) {
    Close();
    auto* handle = new Handle{};
    const int status = init(handle);
    if (status == 0) {
      handle_ = handle;
    } else {
      delete handle;  // never initialised, so it may not be passed to uv_close
    }
    return status;
  }

  void Close() {
    if (handle_ == nullptr) return;
    uv_close(reinterpret_cast<uv_handle_t*>(handle_), FromC<Delete>);
    handle_ = nullptr;
  }

  void Swap(UvHandle& other) { std::swap(handle_, other.handle_); }

  void SetRef(bool keep_loop_alive) {
    auto* handle = reinterpret_cast<uv_handle_t*>(handle_);
    if (handle == nullptr) return;
    keep_loop_alive ? uv_ref(handle) : uv_unref(handle);
  }

  Handle* get() const { return handle_; }

 private:
  static void Delete(uv_handle_t* closed) { delete reinterpret_cast<Handle*>(closed); }

  Handle* handle_ = nullptr;
};

}  // namespace rxvirt
