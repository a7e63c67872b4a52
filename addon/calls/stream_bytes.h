// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <memory>

namespace rxvirt {

// What one read or write of a stream takes. The memory of great ones is used again and again: the system
// would have to give new memory page by page, which takes longer than to copy the bytes. Any thread, one at a
// time.
class StreamBytes {
 public:
  static constexpr size_t kMost = size_t{1} << 20;

  StreamBytes() = default;
  StreamBytes(StreamBytes&&) noexcept = default;
  StreamBytes& operator=(StreamBytes&&) = delete;
  ~StreamBytes();

  // Makes room for so many bytes, kMost at most, with whatever is in it. Once; throws std::bad_alloc.
  [[nodiscard]] unsigned char* MakeRoom(size_t bytes);
  // How many bytes of the room are in use.
  void SetSize(size_t size) { size_ = size; }
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] const unsigned char* data() const { return room_.get(); }

 private:
  std::unique_ptr<unsigned char[]> room_;
  bool is_whole_ = false;  // whether the room has kMost bytes
  size_t size_ = 0;
};

}  // namespace rxvirt
