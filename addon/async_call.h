// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "addon_data.h"
#include "call_threads.h"
#include "vir_error.h"

namespace rxvirt {

template <typename Value>
using CallResult = std::variant<Value, VirError>;

// Whether a call that has not returned yet keeps the process alive.
enum class KeepAlive : bool { kNo, kYes };

// `Work` runs on a call thread and returns a CallResult<Value>, reading libvirt's error there; `Convert`
// turns the value into what the promise resolves with.
template <typename Value, typename Work, typename Convert>
class PromiseCall final : public Call {
 public:
  PromiseCall(AddonData& data, KeepAlive keep_alive, Work work, Convert convert)
      : data_(data),
        keep_alive_(keep_alive),
        deferred_(data.env()),
        work_(std::move(work)),
        convert_(std::move(convert)) {
    if (keep_alive_ == KeepAlive::kYes) data_.waker->Ref();
  }
  [[nodiscard]] Napi::Promise promise() const { return deferred_.Promise(); }

  void Run() noexcept override { result_.emplace(work_()); }

  void Settle() noexcept override {
    const Napi::Env env = data_.env();
    if (keep_alive_ == KeepAlive::kYes) data_.waker->Unref();
    try {
      if (auto* error = std::get_if<VirError>(&*result_)) {
        napi_value reason = data_.make_error.Call(env, {error->ToJs(env)});
        if (reason != nullptr) deferred_.Reject(reason);
      } else {
        deferred_.Resolve(convert_(env, std::get<Value>(*result_)));
      }
    } catch (const Napi::Error&) {
      // Only while the environment is being terminated; nobody is left to be told.
    }
  }

 private:
  AddonData& data_;  // used in Settle() only, when the environment is still there
  KeepAlive keep_alive_;
  Napi::Promise::Deferred deferred_;
  Work work_;
  Convert convert_;
  std::optional<CallResult<Value>> result_;
};

template <typename Value, typename Work, typename Convert>
Napi::Promise PostCall(AddonData& data, const std::shared_ptr<CallLane>& lane, KeepAlive keep_alive,
                       Work work, Convert convert) {
  auto call = std::make_unique<PromiseCall<Value, Work, Convert>>(data, keep_alive, std::move(work),
                                                                  std::move(convert));
  const auto promise = call->promise();
  data.calls->Post(lane, std::move(call));
  return promise;
}

}  // namespace rxvirt
