// SPDX-License-Identifier: MIT
#include "events/ready_queues.h"

#include <utility>

#include "events/queue.h"
#include "loop/libvirt_scope.h"

namespace rxvirt {
namespace {

// As many slices as one turn of the loop delivers. Each has some 40 KB.
constexpr size_t kMaxSpares = 4;

}  // namespace

ReadyQueues::ReadyQueues(std::shared_ptr<LoopWaker> waker) : waker_(std::move(waker)) {
  spares_.reserve(kMaxSpares);  // so GiveSpare() needs no memory
}
ReadyQueues::~ReadyQueues() = default;

void ReadyQueues::AppendLocked(std::shared_ptr<EventQueue> queue) {
  Place& place = queue->place;
  place.front() = std::move(queue);
  queues_.splice(queues_.end(), place);
  ++size_;
}

void ReadyQueues::Append(std::shared_ptr<EventQueue> queue) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (has_ended_) return;
    AppendLocked(std::move(queue));
    if (wake_sent_ || LibvirtScope::IsOpenFor(waker_.get())) return;
    wake_sent_ = true;
  }
  waker_->Wake();
}

std::shared_ptr<EventQueue> ReadyQueues::Next() {
  const std::lock_guard<std::mutex> lock(mutex_);
  wake_sent_ = false;
  if (queues_.empty()) return nullptr;
  auto queue = std::move(queues_.front());
  queue->place.splice(queue->place.end(), queues_, queues_.begin());
  --size_;
  return queue;
}

void ReadyQueues::PutBack(std::shared_ptr<EventQueue> queue) {
  const std::lock_guard<std::mutex> lock(mutex_);
  AppendLocked(std::move(queue));
}

std::vector<std::shared_ptr<EventQueue>> ReadyQueues::All() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return {queues_.begin(), queues_.end()};
}

void ReadyQueues::End() {
  Place dropped;  // destroyed after the lock is released
  const std::lock_guard<std::mutex> lock(mutex_);
  has_ended_ = true;
  dropped.swap(queues_);
  size_ = 0;
}

EventSlice ReadyQueues::TakeSpare() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (spares_.empty()) return {};
  EventSlice spare = std::move(spares_.back());
  spares_.pop_back();
  return spare;
}

void ReadyQueues::GiveSpare(EventSlice spare) noexcept {
  spare.Clear();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (spares_.size() < kMaxSpares) spares_.push_back(std::move(spare));
}

}  // namespace rxvirt
