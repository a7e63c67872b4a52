// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <atomic>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include "calls/answers.h"
#include "calls/arguments.h"
#include "calls/async_call.h"

namespace rxvirt {

// One of libvirt's functions as JavaScript calls it. Everything except the name and the version follows from
// the function's type.
struct CallRow {
  const char* name;
  unsigned long since;  // the first version of libvirt that has it; 9.1.2 is 9001002
  // Reads the arguments, posts the call and returns its promise. Throws a TypeError for arguments that don't
  // fit.
  Napi::Value (*post)(AddonData& data, const CallRow& row, const Napi::CallbackInfo& info);

  mutable std::atomic<void*> found{nullptr};

  // Any thread. Returns nullptr when the installed libvirt doesn't have the function.
  [[nodiscard]] void* Find() const;
};

// A call of a function of this type, from JavaScript's arguments to the answer for JavaScript.
template <typename Signature>
struct CallOf;

template <typename Result, typename... Parameters>
struct CallOf<Result(Parameters...)> {
  using Arguments = std::tuple<Argument<Parameters>...>;
  using InUse = std::tuple<typename Argument<Parameters>::InUse...>;
  using Pointer = Result (*)(Parameters...);

  // The numbers that the function returns through its pointer parameters.
  template <typename Parameter, typename = void>
  struct NumbersOf {
    using Values = std::tuple<>;
    static Values Take(const typename Argument<Parameter>::InUse&) { return {}; }
  };
  template <typename Parameter>
  struct NumbersOf<Parameter, std::enable_if_t<Argument<Parameter>::kIsAnswer>> {
    using Values = std::tuple<std::remove_pointer_t<Parameter>>;
    static Values Take(const typename Argument<Parameter>::InUse& in_use) { return {in_use.value}; }
  };
  using Numbers = decltype(std::tuple_cat(std::declval<typename NumbersOf<Parameters>::Values>()...));
  struct Value {
    typename Answer<Result>::Value result;
    Numbers numbers;
  };

  static Napi::Value Post(AddonData& data, const CallRow& row, const Napi::CallbackInfo& info) {
    PassedValues passed(info, row.name);
    // Braces, because they evaluate the arguments from left to right.
    auto arguments = std::make_shared<Arguments>(Arguments{Argument<Parameters>(passed)...});
    passed.End();
    const auto& connection = std::get<0>(*arguments).connection();
    return PostCall<Value>(
        data, connection->calls, [arguments, &row] { return Run(*arguments, row); },
        [](Napi::Env env, Value& value) { return ToJs(env, value); });
  }

 private:
  static CallResult<Value> Run(const Arguments& arguments, const CallRow& row) {
    const auto function = reinterpret_cast<Pointer>(row.Find());
    if (function == nullptr) return VirError::Absent(row.name, row.since);
    InUse in_use = std::apply([](const auto&... each) { return InUse(each...); }, arguments);
    return std::apply(
        [&](auto&... each) -> CallResult<Value> {
          const VirError* problem = nullptr;
          ((problem = problem != nullptr ? problem : each.error()), ...);
          if (problem != nullptr) return problem->Of(row.name);
          Result result = function(each.get()...);
          if (Answer<Result>::IsFailure(result)) return VirError::Last(row.name);
          return Value{Answer<Result>::Keep(result, std::get<0>(arguments).connection()),
                       std::tuple_cat(NumbersOf<Parameters>::Take(each)...)};
        },
        in_use);
  }

  // Returns an array of the numbers if the function has any, otherwise the function's result.
  static Napi::Value ToJs(Napi::Env env, Value& value) {
    constexpr size_t count = std::tuple_size_v<Numbers>;
    if constexpr (count == 0) {
      return Answer<Result>::ToJs(env, value.result);
    } else {
      auto array = Napi::Array::New(env, count);
      uint32_t index = 0;
      std::apply([&](auto... number) { ((array[index++] = static_cast<double>(number)), ...); },
                 value.numbers);
      return array;
    }
  }
};

template <typename Signature>
constexpr CallRow Row(const char* name, unsigned long since) {
  return {name, since, CallOf<Signature>::Post, nullptr};
}

}  // namespace rxvirt
