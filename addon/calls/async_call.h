// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/virterror.h>
#include <napi.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "addon_data.h"
#include "calls/call_threads.h"
#include "calls/connection_calls.h"
#include "calls/vir_error.h"

namespace rxvirt {

template <typename Value>
using CallResult = std::variant<Value, VirError>;

// Whether a call that has not returned yet keeps the process alive.
enum class KeepAlive : bool { kNo, kYes };

// `Work` runs on a call thread. It reads libvirt's error on that thread, and returns a CallResult<Value>.
// `Convert` runs on the loop thread and turns the value into what the promise resolves with.
template <typename Value, typename Work, typename Convert>
class PromiseCall final : public Call, public OpenCall {
 public:
  PromiseCall(AddonData& data, KeepAlive keep_alive, std::shared_ptr<ConnectionCalls> calls, Work work,
              Convert convert)
      : data_(data),
        keeps_alive_(keep_alive == KeepAlive::kYes),
        calls_(std::move(calls)),
        deferred_(data.env()),
        work_(std::move(work)),
        convert_(std::move(convert)) {}
  // Just before it is posted.
  void Begin() {
    number = ++data_.last_call;
    if (calls_ != nullptr) calls_->open.emplace(number, this);
    if (keeps_alive_) data_.waker->Ref();
  }
  [[nodiscard]] Napi::Promise promise() const { return deferred_.Promise(); }

  void Run() noexcept override {
    try {
      result_.emplace(work_());
      // What the call has returned is released here: that of a long list takes milliseconds, and as long as
      // this thread takes for it, its connection begins fewer calls.
      if (!IsWanted()) result_.emplace(VirError::NotRun("nobody waits for it"));
    } catch (...) {
      result_.emplace(VirError::OutOfMemory());  // the work can throw only std::bad_alloc
    }
  }

  void Fail(const char* reason) noexcept override {
    try {
      result_.emplace(VirError::NotRun(std::string("a thread for the call can't be started: ") + reason));
    } catch (...) {
      result_.emplace(VirError::OutOfMemory());
    }
  }

  void GiveUp(const VirError& reason) override {
    if (is_settled_.exchange(true)) return;
    LetGo();
    Reject(reason);
  }

  [[nodiscard]] Call& call() override { return *this; }

  void CountAsGivenUp() override {
    ++calls_->given_up;
    is_counted_ = true;
  }

  [[nodiscard]] bool IsWanted() const override { return !is_settled_; }

  void Settle() noexcept override {
    if (is_counted_) --calls_->given_up;
    if (is_settled_.exchange(true)) return;  // nobody waits for this call any more
    LetGo();
    if (const auto* error = std::get_if<VirError>(&*result_)) {
      Reject(*error);
      return;
    }
    try {
      deferred_.Resolve(convert_(data_.env(), std::get<Value>(*result_)));
    } catch (...) {
      Reject(VirError::OutOfMemory());
    }
  }

 private:
  void LetGo() {
    if (keeps_alive_) data_.waker->Unref();
    if (calls_ != nullptr) calls_->open.erase(number);
  }

  // Without memory for the error it rejects with undefined: somebody waits. In an environment that is being
  // terminated nobody does, and it does nothing.
  void Reject(const VirError& error) noexcept {
    const Napi::Env env = data_.env();
    napi_value reason = nullptr;
    try {
      reason = data_.make_error.Call(env, {error.ToJs(env)});
    } catch (...) {
    }
    if (reason == nullptr && napi_get_undefined(env, &reason) != napi_ok) return;
    try {
      deferred_.Reject(reason);
    } catch (...) {
    }
  }

  AddonData& data_;  // used only on the loop thread, while the environment exists
  bool keeps_alive_;
  std::shared_ptr<ConnectionCalls> calls_;  // nullptr for a call of no connection
  std::atomic<bool> is_settled_{false};
  bool is_counted_ = false;  // in calls_->given_up
  Napi::Promise::Deferred deferred_;
  Work work_;
  Convert convert_;
  std::optional<CallResult<Value>> result_;
};

template <typename Value, typename Work, typename Convert>
Napi::Promise PostCall(AddonData& data, const std::shared_ptr<CallLane>& lane,
                       std::shared_ptr<ConnectionCalls> calls, KeepAlive keep_alive, Work work,
                       Convert convert) {
  auto call = std::make_unique<PromiseCall<Value, Work, Convert>>(data, keep_alive, std::move(calls),
                                                                  std::move(work), std::move(convert));
  auto& begun = *call;
  const auto promise = begun.promise();
  CallJobs job;
  job.push_back({std::move(call), nullptr});
  begun.Begin();
  data.calls->Post(lane, std::move(job));
  return promise;
}

// A call on a connection: it waits for its turn, and keeps the process alive.
template <typename Value, typename Work, typename Convert>
Napi::Promise PostCall(AddonData& data, const std::shared_ptr<ConnectionCalls>& calls, Work work,
                       Convert convert) {
  return PostCall<Value>(
      data, calls->lane, calls, KeepAlive::kYes,
      [calls, work = std::move(work)]() mutable {
        const RequestTurn turn(calls->turns);
        return work();
      },
      std::move(convert));
}

}  // namespace rxvirt
