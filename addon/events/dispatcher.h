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

// Hands events to JavaScript. One budget of time for each turn of the loop is shared by all connections,
// which take turns, so that neither I/O, nor timers, nor a quiet connection waits long for a flooded one.
// What is left follows in later turns; a connection that has much left is held back meanwhile. Loop thread
// only.
class EventDispatcher {
 public:
  // Whether a connection reads its socket, and whether it begins calls.
  struct Allowed {
    bool reading;
    bool calls;
  };
  // Called when that changes for the connection of a queue.
  using Allow = std::function<void(EventQueue& queue, Allowed allowed)>;

  EventDispatcher(napi_env env, uv_loop_t* loop, std::shared_ptr<LoopWaker> waker, Allow allow);
  ~EventDispatcher();
  EventDispatcher(const EventDispatcher&) = delete;
  EventDispatcher& operator=(const EventDispatcher&) = delete;

  // Delivers what this turn's budget still allows.
  void Deliver();

  const std::shared_ptr<ReadyQueues> ready;
  // (queue, slice, budgetMs): how many events are left. Without a slice it goes on with those.
  JsHook on_events;

 private:
  [[nodiscard]] uint64_t LeftNs();
  void DeliverFrom(EventQueue* queue, uint64_t budget_ns);
  [[nodiscard]] napi_value SliceToJs();
  [[nodiscard]] napi_value MakeSliceObject();
  [[nodiscard]] bool SetNumbers(napi_value object);
  template <typename Texts>
  [[nodiscard]] bool SetTexts(napi_value object, const char* name, const Texts& texts, bool* has_texts);
  void Release(EventQueue* queue);
  void HoldBack(EventQueue* queue, uint64_t now_ns);
  void Allowing(EventQueue* queue, Allowed allowed);

  napi_env env_;
  uv_loop_t* loop_;
  std::shared_ptr<LoopWaker> waker_;
  Allow allow_;
  bool is_delivering_ = false;
  uint64_t turn_ = 0;                // of the loop, by libuv's count
  uint64_t spent_ns_ = 0;            // on deliveries in this turn
  EventSlice slice_;                 // what is being handed over
  napi_ref slice_object_ = nullptr;  // keeps the arrays below
  int32_t* head_ = nullptr;
  bool has_strings_ = false;  // in the slice object; so with identities
  bool has_identities_ = false;
  double* numbers_data_ = nullptr;
  size_t numbers_capacity_ = 0;
};

}  // namespace rxvirt
