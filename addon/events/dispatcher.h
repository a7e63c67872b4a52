// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>
#include <uv.h>

#include <functional>
#include <memory>
#include <vector>

#include "events/queue.h"
#include "events/ready_queues.h"
#include "node/js_hook.h"

namespace rxvirt {

// Delivers events to JavaScript. In each turn of the loop all connections share one budget of time, and they
// take turns. So I/O, timers and quiet connections don't wait long for a connection with a flood of events.
// Events that are left are delivered in later turns of the loop. A connection with many events left is held
// back meanwhile. Loop thread only.
class EventDispatcher {
 public:
  // Whether a connection may read its socket, and whether it may begin calls.
  struct Allowed {
    bool reading;
    bool calls;
  };
  // Called when `allowed` has changed for the connection of `queue`.
  using Allow = std::function<void(EventQueue& queue, Allowed allowed)>;

  EventDispatcher(napi_env env, uv_loop_t* loop, std::shared_ptr<LoopWaker> waker, Allow allow);
  ~EventDispatcher();
  EventDispatcher(const EventDispatcher&) = delete;
  EventDispatcher& operator=(const EventDispatcher&) = delete;

  // Delivers what this turn's budget still allows.
  void Deliver();

  const std::shared_ptr<ReadyQueues> ready;
  // (queue, slice, budgetMs): delivers events and returns how many are left. When `slice` is null, it
  // continues with the events that were left.
  JsHook on_events;

 private:
  [[nodiscard]] uint64_t LeftNs();
  // Returns whether the queue is empty then.
  [[nodiscard]] bool DeliverShare(EventQueue* queue, uint64_t share_ns);
  void DeliverFrom(EventQueue* queue, uint64_t budget_ns);
  [[nodiscard]] napi_value SliceToJs(const EventQueue& queue);
  [[nodiscard]] napi_value MakeSliceObject();
  [[nodiscard]] bool SetNumbers(napi_value object);
  template <typename Texts>
  [[nodiscard]] bool SetTexts(napi_value object, const char* name, const Texts& texts, bool* has_texts);
  void Release(EventQueue* queue);
  void HoldBack(EventQueue* queue, uint64_t now_ns);
  void SetAllowed(EventQueue* queue, Allowed allowed);

  napi_env env_;
  uv_loop_t* loop_;
  std::shared_ptr<LoopWaker> waker_;
  Allow allow_;
  bool is_delivering_ = false;
  uint64_t turn_ = 0;                // the loop's turn, as libuv counts them
  uint64_t spent_ns_ = 0;            // time spent on deliveries in this turn
  EventSlice slice_;                 // the events that are being delivered
  napi_ref slice_object_ = nullptr;  // keeps the arrays of the pointers below
  int32_t* head_ = nullptr;
  // Whether the slice object's array of strings has entries. True at first, so that an empty array is set
  // too.
  bool has_strings_ = true;
  bool has_identities_ = true;  // the same for its array of identities
  double* numbers_data_ = nullptr;
  size_t numbers_capacity_ = 0;
};

}  // namespace rxvirt
