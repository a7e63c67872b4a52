// SPDX-License-Identifier: MIT
#pragma once
#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "node/loop_waker.h"

namespace rxvirt {

class EventQueue;
struct EventSlice;

// The queues of one environment that have events, in the order in which they take their turn. Any thread
// appends, the loop thread takes. An append on the loop's thread, in the loop's own LibvirtScope, doesn't
// wake the loop: it looks at the queues when the scope has ended.
//
// Appending takes no memory, because each queue brings its own place in the list. So it can't fail. A queue
// that could not be appended would never be delivered again.
class ReadyQueues {
 public:
  // One place in the list. While the queue waits, the place is in `queues_` and holds the queue. Otherwise
  // the place is in the queue itself and is empty.
  using Place = std::list<std::shared_ptr<EventQueue>>;

  explicit ReadyQueues(std::shared_ptr<LoopWaker> waker);
  ~ReadyQueues();

  void Append(std::shared_ptr<EventQueue> queue);
  // Loop thread. Removes the first queue and returns it; nullptr if there is none.
  [[nodiscard]] std::shared_ptr<EventQueue> Next();
  // Loop thread. As Append(), but doesn't wake the loop.
  void PutBack(std::shared_ptr<EventQueue> queue);
  [[nodiscard]] size_t size() const { return size_; }
  // Loop thread. The queues that wait for their turn.
  [[nodiscard]] std::vector<std::shared_ptr<EventQueue>> All();

  // Loop thread, when the environment ends. Releases all queues, and ignores queues that are appended later.
  // Without this they would stay for ever, because the queues and this object hold each other.
  void End();

  // Any thread: how many events all queues of the environment have together.
  std::atomic<int> queued{0};

  // Empty slices that keep their memory, for later events. Giving one back takes no memory, so it can't fail.
  // The queue that is being delivered then isn't among the ready queues, and would never be delivered again.
  [[nodiscard]] EventSlice TakeSpare();
  void GiveSpare(EventSlice spare) noexcept;

 private:
  void AppendLocked(std::shared_ptr<EventQueue> queue);

  std::mutex mutex_;
  Place queues_;
  std::atomic<size_t> size_{0};
  bool wake_sent_ = false;
  bool has_ended_ = false;
  std::vector<EventSlice> spares_;
  std::shared_ptr<LoopWaker> waker_;
};

}  // namespace rxvirt
