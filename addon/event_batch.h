// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "domain_identity.h"
#include "loop_waker.h"

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

// Any thread appends, the loop thread takes. Events made on the loop's thread in a LibvirtScope wake
// nobody: they are delivered when the outermost scope has ended.
class EventBatch {
 public:
  // Appends one event and its payload under the lock. Destroy it before the callback returns.
  class Event {
   public:
    Event(EventBatch* batch, int token);
    ~Event();
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    Event& Number(double number) {
      slice_->numbers.push_back(number);
      return *this;
    }
    Event& Text(const char* text) {  // nullptr becomes null
      text == nullptr ? slice_->strings.emplace_back(std::nullopt) : slice_->strings.emplace_back(text);
      return *this;
    }
    // Two numbers: the index of its name and uuid, and its id, -1 when it isn't running.
    Event& Domain(virDomainPtr domain);

   private:
    EventBatch* batch_;
    std::unique_lock<std::mutex> lock_;
    EventSlice* slice_;
    size_t payload_start_;
    size_t strings_start_;
  };

  explicit EventBatch(std::shared_ptr<LoopWaker> waker, std::thread::id home);

  // Loop thread: the oldest events, at most EventSlice::kMaxEvents. Hand the same slice in again and again:
  // its memory is used for events to come.
  [[nodiscard]] bool Take(EventSlice* slice);
  [[nodiscard]] bool empty() const { return pending_ == 0; }

 private:
  int Intern(const DomainIdentity& identity, EventSlice* slice);

  std::mutex mutex_;
  std::deque<EventSlice> slices_;
  EventSlice spare_;
  std::atomic<int> pending_{0};
  bool wake_sent_ = false;
  std::shared_ptr<LoopWaker> waker_;
  std::thread::id home_;
  std::unordered_map<std::string, int> identities_;
  std::string identity_key_;  // reused, to spare an allocation for each event
};

}  // namespace rxvirt
