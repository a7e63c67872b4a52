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
// appends, the loop thread takes. What is appended on the loop's thread in its own LibvirtScope wakes nobody:
// the loop looks when the scope has ended.
//
// Appending takes no memory: each queue brings its own place in the list. A queue that could not be appended
// would never be delivered again.
class ReadyQueues {
 public:
  // Holds a queue while it waits, and lies in the queue, empty, while it doesn't.
  using Place = std::list<std::shared_ptr<EventQueue>>;

  explicit ReadyQueues(std::shared_ptr<LoopWaker> waker);
  ~ReadyQueues();

  void Append(std::shared_ptr<EventQueue> queue);
  // Loop thread: the first one, which leaves; nullptr when there is none.
  [[nodiscard]] std::shared_ptr<EventQueue> Next();
  // Loop thread: as Append(), and wakes nobody.
  void PutBack(std::shared_ptr<EventQueue> queue);
  [[nodiscard]] size_t size() const { return size_; }
  // Loop thread: those that wait for their turn.
  [[nodiscard]] std::vector<std::shared_ptr<EventQueue>> All();

  // Loop thread, when the environment ends: lets go of them, and of what is still appended. They hold this in
  // turn.
  void End();

  // Slices that are empty and keep their memory, for events to come.
  [[nodiscard]] EventSlice TakeSpare();
  void GiveSpare(EventSlice spare);

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
