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
  // Events that were lost before the first event of this slice, and after the slice before it.
  int lost_before = 0;
  bool resets_identities = false;
  std::vector<double> numbers;
  std::vector<std::optional<std::string>> strings;
  // Pairs of name and uuid, for domains that JavaScript doesn't know yet. The index of a pair is its place in
  // the order of all pairs since the last reset.
  std::vector<std::string> identities;

  // Empties the slice but keeps its memory.
  void Clear();
};

// The events of one connection, in their order. Any thread appends, the loop thread takes.
class EventQueue {
 public:
  // Appends one event and its payload. It holds the queue's lock while it exists, so destroy it before the
  // callback returns. If memory for the payload runs out, the whole event is removed and counted as lost.
  // JavaScript is told how many were lost, before the event that follows. If the queue is null, the event is
  // dropped.
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
    Event& Field(const char* name) { return Text(name); }
    Event& Text(const char* text) {  // nullptr becomes null
      if (slice_ == nullptr) return *this;
      text == nullptr ? slice_->strings.emplace_back(std::nullopt) : slice_->strings.emplace_back(text);
      return *this;
    }
    // Appends two numbers: the index of the domain's name and uuid, and its id, which is -1 when it isn't
    // running.
    Event& Domain(virDomainPtr domain);

   private:
    // These must not throw, because the destructor calls them.
    void Lose() noexcept;
    // Sees to it that the queue is delivered. Unlocks it.
    void MakeReady() noexcept;

    std::shared_ptr<EventQueue> queue_;
    std::unique_lock<std::mutex> lock_;
    EventSlice* slice_ = nullptr;  // nullptr when nobody takes the event
    int exceptions_;
    size_t payload_start_ = 0;
    size_t strings_start_ = 0;
  };

  // `id` is the number by which JavaScript knows the queue.
  EventQueue(std::shared_ptr<ReadyQueues> ready, int id) : id(id), ready_(std::move(ready)) {
    end_.front().numbers.reserve(kNumbersOfEnd);
  }

  // Appends the end of the connection, once. It takes no memory, because nothing would tell an end again.
  static void AppendEnd(const std::shared_ptr<EventQueue>& queue, int reason, double read_until_ms) noexcept;

  const int id;
  // The owner of the watches that the queue's events come from. When the queue is full, these watches stop
  // reading. That matters when JavaScript is busy, while another thread continues to read for it.
  const std::shared_ptr<SourceOwner> owner = std::make_shared<SourceOwner>();
  // When a connection has at least this many events left at the end of a turn, it has a backlog. It is then
  // held back until all its events are delivered.
  static constexpr int kBacklog = 32;
  // When a queue is full, so many events are queued, or kFullOfMany in this queue and kFull in all queues of
  // the environment.
  static constexpr int kFull = 65536;
  static constexpr int kFullOfMany = 1024;
  // Below these the connection may read again. They are lower, so that it isn't paused again at once.
  static constexpr int kRoom = kFull / 8 * 7;
  static constexpr int kRoomOfMany = kFullOfMany / 2;

  // Whether a queue that was full has room for many events again, so that its connection may read on.
  [[nodiscard]] bool HasRoom() const {
    return pending_ <= kRoomOfMany || (pending_ <= kRoom && ready_->queued <= kRoom);
  }

  // Loop thread. Moves the oldest events to `slice`, at most EventSlice::kMaxEvents. A slice without events
  // tells only of lost ones. Returns false if there is nothing to tell.
  [[nodiscard]] bool Take(EventSlice* slice);
  // Loop thread. Notes that this many of the taken events have been delivered.
  void NoteDelivered(int events) {
    delivered += events;
    if (!is_closed_) AddPending(-events);
  }
  // Loop thread, when all taken events are delivered. Returns false if more events have come. Otherwise
  // returns true, and the queue is no longer among the ready queues until its next event.
  [[nodiscard]] bool Leave();
  // Loop thread. Drops the queued events, and all events that come later.
  void Close();

  // Any thread: events not delivered yet, and events lost because memory ran out.
  [[nodiscard]] int pending() const { return pending_; }
  [[nodiscard]] int lost() const { return lost_; }
  // Loop thread: all events that have come since the queue was made.
  [[nodiscard]] uint64_t arrived() const { return delivered + static_cast<uint64_t>(pending_ + lost_); }

  // Loop thread only, for the EventDispatcher.
  int in_javascript = 0;         // events left of the slice that JavaScript delivers
  bool has_backlog = false;      // the connection is held back
  uint64_t paused_since_ns = 0;  // when the connection stopped reading; 0 while it reads
  uint64_t read_since_turn = 0;  // the turn in which a held-back connection began to read again
  uint64_t delivered = 0;        // events delivered since the queue was made
  uint64_t calls_after = 0;      // during a backlog, calls begin once `delivered` is this high
  bool may_call = true;          // whether the connection may begin calls, as last told

  // Whether the connection may read, as last told. Loop thread only, for the EventDispatcher. But any thread
  // sets it to false when the queue is full.
  std::atomic<bool> may_read{true};

  // ReadyQueues only, under its lock.
  ReadyQueues::Place place{1};

 private:
  // Returns how many events are pending then.
  int AddPending(int events) {
    ready_->queued += events;
    return pending_ += events;
  }
  [[nodiscard]] bool IsFull(int pending) const {
    return pending >= kFull || (pending >= kFullOfMany && ready_->queued >= kFull);
  }
  int Intern(const DomainIdentity& identity, EventSlice* slice);

  // The four of each event, the reason, and the time until which everything was read.
  static constexpr size_t kNumbersOfEnd = 6;

  std::mutex mutex_;
  std::list<EventSlice> slices_;  // a deque would take memory while it is empty
  std::list<EventSlice> end_{1};  // for AppendEnd(); then empty
  int lost_since_ = 0;            // events lost after the last one of slices_, not told yet
  bool is_ready_ = false;         // is among the ready queues
  bool is_closed_ = false;        // set on the loop thread, under the lock
  std::atomic<int> pending_{0};
  std::atomic<int> lost_{0};
  std::shared_ptr<ReadyQueues> ready_;
  std::unordered_map<std::string, int> identities_;
  std::string identity_key_;  // reused, to spare an allocation for each event
};

}  // namespace rxvirt
