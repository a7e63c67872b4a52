// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/domain_identity.h"
#include "events/ready_queues.h"
#include "loop/source_owner.h"

namespace rxvirt {

// Events on their way from libvirt's callbacks to JavaScript: numbers and strings in the order in which
// lib/events/ reads them back. Each event begins with four numbers: its registration's token, the time in
// milliseconds since 1970, and how many numbers and how many strings its payload has.
struct EventSlice {
  static constexpr int kMaxEvents = 512;
  int events = 0;
  bool resets_identities = false;
  std::vector<double> numbers;
  std::vector<std::optional<std::string>> strings;
  // Name and uuid in turns, for domains that JavaScript doesn't know yet; their index is their order since
  // the last reset.
  std::vector<std::string> identities;

  // Empties it and keeps its memory.
  void Clear();
};

// The events of one connection, in their order. Any thread appends, the loop thread takes.
class EventQueue {
 public:
  // Appends one event and its payload under the lock. Destroy it before the callback returns. When its
  // payload can't be stored for want of memory, the event is taken back as a whole and counted as lost.
  // Without a queue it goes nowhere.
  class Event {
   public:
    Event(std::shared_ptr<EventQueue> queue, int token);
    ~Event();
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    Event& Number(double number) {
      if (slice_ != nullptr) slice_->numbers.push_back(number);
      return *this;
    }
    Event& Text(const char* text) {  // nullptr becomes null
      if (slice_ == nullptr) return *this;
      text == nullptr ? slice_->strings.emplace_back(std::nullopt) : slice_->strings.emplace_back(text);
      return *this;
    }
    // Two numbers: the index of its name and uuid, and its id, -1 when it isn't running.
    Event& Domain(virDomainPtr domain);

   private:
    // A destructor must not throw.
    void Pause() noexcept;

    std::shared_ptr<EventQueue> queue_;
    std::unique_lock<std::mutex> lock_;
    EventSlice* slice_ = nullptr;  // nullptr where nobody takes the event
    int exceptions_;
    size_t payload_start_ = 0;
    size_t strings_start_ = 0;
  };

  // `id` is the number by which JavaScript knows the queue.
  EventQueue(std::shared_ptr<ReadyQueues> ready, int id) : id(id), ready_(std::move(ready)) {}

  const int id;
  // Of the watches that its events come from. With kFull events in the queue they stop reading: who delivers
  // may be a worker that is busy, while another thread's loop goes on to read for it.
  const std::shared_ptr<SourceOwner> owner = std::make_shared<SourceOwner>();
  static constexpr int kFull = 65536;

  // Loop thread: the oldest events, at most EventSlice::kMaxEvents.
  [[nodiscard]] bool Take(EventSlice* slice);
  // Loop thread: so many of what was taken have been delivered.
  void NoteDelivered(int events) {
    delivered += events;
    pending_ -= events;
  }
  // Loop thread, when all that was taken is delivered: false when more has come. Otherwise the queue is no
  // longer among the ready ones, until its next event.
  [[nodiscard]] bool Leave();
  // Loop thread: drops what is there, and whatever still comes.
  void Close();

  // Any thread: events not delivered yet, and events lost for want of memory.
  [[nodiscard]] int pending() const { return pending_; }
  [[nodiscard]] int lost() const { return lost_; }

  // Loop thread only, for the EventDispatcher.
  int in_javascript = 0;         // events of a slice that JavaScript has begun and not finished
  bool has_backlog = false;      // held back
  uint64_t paused_since_ns = 0;  // 0 while its connection reads
  uint64_t read_since_turn = 0;  // when it was last let read amid a backlog
  uint64_t delivered = 0;        // events, since the beginning
  uint64_t calls_after = 0;      // so many are delivered, calls begin amid a backlog
  bool may_call = true;          // what its connection was told last

  // Likewise; set to false on any thread, when the queue is full.
  std::atomic<bool> may_read{true};

  // ReadyQueues only, under its lock.
  ReadyQueues::Place place{1};

 private:
  int Intern(const DomainIdentity& identity, EventSlice* slice);

  std::mutex mutex_;
  std::list<EventSlice> slices_;  // not a deque, which takes memory while it is empty
  bool is_ready_ = false;         // among the ready queues
  bool is_closed_ = false;
  std::atomic<int> pending_{0};
  std::atomic<int> lost_{0};
  std::shared_ptr<ReadyQueues> ready_;
  std::unordered_map<std::string, int> identities_;
  std::string identity_key_;  // reused, to spare an allocation for each event
};

}  // namespace rxvirt
