// SPDX-License-Identifier: MIT
#include "events/dispatcher.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "loop/bridge.h"
#include "node/flag_scope.h"
#include "node/handle_scope.h"

namespace rxvirt {
namespace {

// How long all deliveries of one turn of the loop may take together. The delivery of a single event is never
// interrupted.
constexpr uint64_t kTurnNs = 8'000'000;
// The same, where another thread reads the sockets. A turn then costs little beside the deliveries, so
// shorter ones cost nothing, and everything else waits less.
constexpr uint64_t kTurnBesideNativeNs = 3'000'000;
// How long one connection may deliver at a time while others wait.
constexpr uint64_t kShareNs = 1'000'000;
// Waiting calls begin after at most this many events. A thread beside this one may have queued many more.
constexpr int kMaxBeforeCalls = 512;
// How long the socket of a held-back connection is not read. Then it is read again for a while: the daemon's
// keepalive waits for an answer.
constexpr uint64_t kMaxPauseNs = 1'000'000'000;
// For how many turns of the loop it is then read. In the first turn the poller is only told of the change. In
// the second turn deliveries may come before the poller. If they held the connection back again, its socket
// would not be read.
constexpr uint64_t kReadingTurns = 3;
constexpr size_t kNumbersCapacity = 16384;
constexpr size_t kHeadLength = 5;

template <typename Texts>
napi_value ToJsArray(napi_env env, const Texts& texts) {
  napi_value array = nullptr;
  if (napi_create_array_with_length(env, texts.size(), &array) != napi_ok) return nullptr;
  uint32_t index = 0;
  for (const auto& text : texts) {
    if (napi_set_element(env, array, index++, ToJs(env, text)) != napi_ok) return nullptr;
  }
  return array;
}

bool Set(napi_env env, napi_value object, const char* name, napi_value value) {
  return value != nullptr && napi_set_named_property(env, object, name, value) == napi_ok;
}

}  // namespace

EventDispatcher::EventDispatcher(napi_env env, uv_loop_t* loop, std::shared_ptr<LoopWaker> waker, Allow allow)
    : ready(std::make_shared<ReadyQueues>(waker)),
      env_(env),
      loop_(loop),
      waker_(std::move(waker)),
      allow_(std::move(allow)) {}

EventDispatcher::~EventDispatcher() {
  ready->End();
  if (slice_object_ != nullptr) (void)napi_delete_reference(env_, slice_object_);
}

uint64_t EventDispatcher::LeftNs() {
  uv_metrics_t metrics{};
  uv_metrics_info(loop_, &metrics);
  if (metrics.loop_count != turn_) {
    turn_ = metrics.loop_count;
    spent_ns_ = 0;
  }
  const uint64_t turn_ns = EventBridge::Instance().IsNative() ? kTurnBesideNativeNs : kTurnNs;
  return spent_ns_ < turn_ns ? turn_ns - spent_ns_ : 0;
}

void EventDispatcher::Deliver() {
  if (is_delivering_ || ready->size() == 0) return;
  const FlagScope delivering(&is_delivering_);
  for (uint64_t left_ns = LeftNs(); left_ns > 0; left_ns = LeftNs()) {
    const auto queue = ready->Next();
    if (queue == nullptr) break;
    if (DeliverShare(queue.get(), ready->size() == 0 ? left_ns : std::min(left_ns, kShareNs))) {
      Release(queue.get());
    } else {
      ready->PutBack(queue);
    }
  }
  if (ready->size() == 0) return;
  waker_->Wake();  // first: the rest may find no memory
  const uint64_t now_ns = uv_hrtime();
  for (const auto& queue : ready->All()) HoldBack(queue.get(), now_ns);
}

// A share can hold several slices. If it ended with a slice, a connection with small slices would get less.
bool EventDispatcher::DeliverShare(EventQueue* queue, uint64_t share_ns) {
  const uint64_t until_ns = spent_ns_ + share_ns;
  do {
    DeliverFrom(queue, until_ns - spent_ns_);
    if (queue->in_javascript == 0 && queue->Leave()) return true;
  } while (spent_ns_ < until_ns);
  return false;
}

void EventDispatcher::Release(EventQueue* queue) {
  if (!std::exchange(queue->has_backlog, false) && queue->may_read) return;
  queue->paused_since_ns = 0;
  SetAllowed(queue, {true, true});
}

void EventDispatcher::HoldBack(EventQueue* queue, uint64_t now_ns) {
  const auto calls_after = [queue] { return queue->delivered + std::min(queue->pending(), kMaxBeforeCalls); };
  if (!queue->has_backlog) {
    if (queue->pending() < EventQueue::kBacklog) return;
    queue->has_backlog = true;
    queue->calls_after = calls_after();
  }
  // Calls take turns with deliveries. Waiting calls begin once all events are delivered that were queued when
  // the wait began. So a queue that is never empty keeps no call waiting for ever.
  const bool calls = queue->delivered >= queue->calls_after;
  if (calls) queue->calls_after = calls_after();
  // The thread of the native loop reads on until the queue is full. The daemon's request for a sign of life
  // comes after its events, and JavaScript may be too busy to take those in time.
  if (EventBridge::Instance().IsNative()) {
    SetAllowed(queue, {queue->may_read || queue->HasRoom(), calls});
    return;
  }
  bool reading = queue->paused_since_ns == 0;
  if (reading && turn_ - queue->read_since_turn >= kReadingTurns) {
    queue->paused_since_ns = now_ns;
    reading = false;
  } else if (!reading && now_ns - queue->paused_since_ns > kMaxPauseNs) {
    queue->paused_since_ns = 0;
    queue->read_since_turn = turn_;
    reading = true;
  }
  SetAllowed(queue, {reading, calls});
}

void EventDispatcher::SetAllowed(EventQueue* queue, Allowed allowed) {
  if (queue->may_read == allowed.reading && queue->may_call == allowed.calls) return;
  queue->may_read = allowed.reading;
  queue->may_call = allowed.calls;
  allow_(*queue, allowed);
}

void EventDispatcher::DeliverFrom(EventQueue* queue, uint64_t budget_ns) {
  const HandleScope scope(env_);
  const uint64_t start_ns = uv_hrtime();
  napi_value budget_ms = ToJs(env_, static_cast<double>(budget_ns) / 1e6);
  napi_value left = nullptr;
  int begun = queue->in_javascript;
  if (begun > 0) {
    napi_value none = nullptr;
    napi_get_null(env_, &none);
    left = on_events.Call(env_, {ToJs(env_, queue->id), none, budget_ms});
  } else if (queue->Take(&slice_)) {
    begun = slice_.events;
    left = on_events.Call(env_, {ToJs(env_, queue->id), SliceToJs(*queue), budget_ms});
  }
  int32_t events_left = 0;
  // No answer means that the environment is being terminated. Then nobody waits for events any more.
  if (left != nullptr) (void)napi_get_value_int32(env_, left, &events_left);
  queue->in_javascript = std::clamp(events_left, 0, begun);
  queue->NoteDelivered(begun - queue->in_javascript);
  spent_ns_ += uv_hrtime() - start_ns;
}

// One object serves all slices. It has the fields of EventSlice in lib/native/addon.ts. JavaScript must copy
// what it keeps. A field is set only when it changes, because Node-API makes a string of the field's name
// each time.
napi_value EventDispatcher::SliceToJs(const EventQueue& queue) {
  napi_value object = nullptr;
  if (slice_object_ == nullptr) {
    object = MakeSliceObject();
  } else if (napi_get_reference_value(env_, slice_object_, &object) != napi_ok) {
    return nullptr;
  }
  if (object == nullptr || !SetNumbers(object) ||
      !SetTexts(object, "strings", slice_.strings, &has_strings_) ||
      !SetTexts(object, "identities", slice_.identities, &has_identities_)) {
    return nullptr;
  }
  head_[0] = slice_.events;
  head_[1] = static_cast<int32_t>(slice_.numbers.size());
  head_[2] = slice_.resets_identities ? 1 : 0;
  head_[3] = slice_.lost_before;
  head_[4] = queue.owner->received.is_behind() ? 1 : 0;
  return object;
}

napi_value EventDispatcher::MakeSliceObject() {
  napi_value object = nullptr;
  napi_value buffer = nullptr;
  napi_value head = nullptr;
  void* data = nullptr;
  const bool is_made =
      napi_create_object(env_, &object) == napi_ok &&
      napi_create_arraybuffer(env_, kHeadLength * sizeof(int32_t), &data, &buffer) == napi_ok &&
      napi_create_typedarray(env_, napi_int32_array, kHeadLength, buffer, 0, &head) == napi_ok &&
      Set(env_, object, "head", head) && napi_create_reference(env_, object, 1, &slice_object_) == napi_ok;
  head_ = static_cast<int32_t*>(data);
  return is_made ? object : nullptr;
}

template <typename Texts>
bool EventDispatcher::SetTexts(napi_value object, const char* name, const Texts& texts, bool* has_texts) {
  if (texts.empty() && !*has_texts) return true;
  if (!Set(env_, object, name, ToJsArray(env_, texts))) return false;
  *has_texts = !texts.empty();
  return true;
}

bool EventDispatcher::SetNumbers(napi_value object) {
  const auto& numbers = slice_.numbers;
  if (numbers_data_ == nullptr || numbers_capacity_ < numbers.size()) {
    const size_t capacity = std::max(kNumbersCapacity, numbers.size());
    void* data = nullptr;
    napi_value buffer = nullptr;
    napi_value array = nullptr;
    if (napi_create_arraybuffer(env_, capacity * sizeof(double), &data, &buffer) != napi_ok) return false;
    if (napi_create_typedarray(env_, napi_float64_array, capacity, buffer, 0, &array) != napi_ok)
      return false;
    numbers_capacity_ = 0;  // from here on the old array may be collected
    if (!Set(env_, object, "numbers", array)) return false;
    numbers_data_ = static_cast<double*>(data);
    numbers_capacity_ = capacity;
  }
  std::copy(numbers.begin(), numbers.end(), numbers_data_);
  return true;
}

}  // namespace rxvirt
