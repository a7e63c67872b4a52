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

  // Something that the function has returned, as its Answer keeps it.
  template <typename Type>
  struct Kept {
    typename Answer<Type>::Value value{};
    [[nodiscard]] Napi::Value ToJs(Napi::Env env) const { return Answer<Type>::ToJs(env, value); }
  };
  // What the function returns through one of its parameters: nothing, unless the parameter is a pointer for
  // it.
  template <typename Parameter, typename = void>
  struct ReturnedBy {
    using Values = std::tuple<>;
    static Values Keep(typename Argument<Parameter>::InUse&, const std::shared_ptr<ConnectionState>&) {
      return {};
    }
  };
  template <typename Parameter>
  struct ReturnedBy<Parameter, std::void_t<typename Argument<Parameter>::Returned>> {
    using Returned = typename Argument<Parameter>::Returned;
    using Values = std::tuple<Kept<Returned>>;
    static Values Keep(typename Argument<Parameter>::InUse& in_use,
                       const std::shared_ptr<ConnectionState>& connection) {
      return {Kept<Returned>{Answer<Returned>::Keep(in_use.value, connection)}};
    }
  };
  struct Value {
    Kept<Result> result;
    decltype(std::tuple_cat(std::declval<typename ReturnedBy<Parameters>::Values>()...)) returned;
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
  // Whether an argument leaves the function nothing to work on.
  template <typename Used>
  static auto IsEmpty(const Used& in_use, int) -> decltype(in_use.is_empty()) {
    return in_use.is_empty();
  }
  template <typename Used>
  static bool IsEmpty(const Used&, long) {
    return false;
  }

  static CallResult<Value> Run(const Arguments& arguments, const CallRow& row) {
    const auto function = reinterpret_cast<Pointer>(row.Find());
    if (function == nullptr) return VirError::Absent(row.name, row.since);
    const auto& connection = std::get<0>(arguments).connection();
    InUse in_use = std::apply([](const auto&... each) { return InUse(each...); }, arguments);
    return std::apply(
        [&](auto&... each) -> CallResult<Value> {
          const VirError* problem = nullptr;
          ((problem = problem != nullptr ? problem : each.error()), ...);
          if (problem != nullptr) return problem->Of(row.name);
          if ((IsEmpty(each, 0) || ...)) return Value{};
          Result result = function(each.get()...);
          if (Answer<Result>::IsFailure(result)) return VirError::Last(row.name);
          return Value{{Answer<Result>::Keep(result, connection)},
                       std::tuple_cat(ReturnedBy<Parameters>::Keep(each, connection)...)};
        },
        in_use);
  }

  // The function's result, if it returns nothing else. Otherwise what it returns through a pointer; in an
  // array if there are several pointers.
  static Napi::Value ToJs(Napi::Env env, const Value& value) {
    constexpr size_t count = std::tuple_size_v<decltype(value.returned)>;
    if constexpr (count == 0) {
      return value.result.ToJs(env);
    } else if constexpr (count == 1) {
      return std::get<0>(value.returned).ToJs(env);
    } else {
      auto array = Napi::Array::New(env, count);
      uint32_t index = 0;
      std::apply([&](const auto&... each) { ((array[index++] = each.ToJs(env)), ...); }, value.returned);
      return array;
    }
  }
};

template <typename Signature>
constexpr CallRow Row(const char* name, unsigned long since) {
  return {name, since, CallOf<Signature>::Post, nullptr};
}

}  // namespace rxvirt
