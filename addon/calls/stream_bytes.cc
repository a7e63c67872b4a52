// SPDX-License-Identifier: MIT
#include "calls/stream_bytes.h"

#include <array>
#include <mutex>
#include <utility>

#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

using Room = std::unique_ptr<unsigned char[]>;

// Below it new memory is faster.
constexpr size_t kGreat = 65'536;

// Rooms that are not in use. Some are kept, as many as a few streams need.
class SpareRooms {
 public:
  // nullptr when there is none.
  [[nodiscard]] Room Take() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return count_ > 0 ? std::move(rooms_[--count_]) : nullptr;
  }
  void Keep(Room room) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (count_ < rooms_.size()) rooms_[count_++] = std::move(room);
  }

 private:
  std::mutex mutex_;
  std::array<Room, 8> rooms_;
  size_t count_ = 0;
};

SpareRooms& TheSpareRooms() {
  static NeverDestroyed<SpareRooms> rooms;  // calls may run while the process ends
  return *rooms;
}

}  // namespace

StreamBytes::~StreamBytes() {
  if (room_ != nullptr && is_whole_) TheSpareRooms().Keep(std::move(room_));
}

unsigned char* StreamBytes::MakeRoom(size_t bytes) {
  is_whole_ = bytes > kGreat;
  if (is_whole_) room_ = TheSpareRooms().Take();
  // Not make_unique, which would fill it.
  if (room_ == nullptr) room_.reset(new unsigned char[is_whole_ ? kMost : bytes]);
  return room_.get();
}

}  // namespace rxvirt
