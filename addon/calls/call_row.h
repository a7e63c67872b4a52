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
#include "calls/paired_arguments.h"
#include "calls/slots.h"
#include "library/library.h"

namespace rxvirt {

// One of libvirt's functions as JavaScript calls it. Everything except the name and the version follows from
// the function's type.
struct CallRow {
  const char* name;
  unsigned long since;  // the first version of libvirt that has it; 9.1.2 is 9001002
  Library* library;
  // Reads the arguments, posts the call and returns its promise. Throws a TypeError for arguments that don't
  // fit.
  Napi::Value (*post)(AddonData& data, const CallRow& row, const Napi::CallbackInfo& info);

  mutable std::atomic<void*> found{nullptr};

  // Any thread. Opens the library at the first call. Returns nullptr when there is no library, or when it
  // doesn't have the function.
  [[nodiscard]] void* Find() const;
  // Why Find() has found nothing.
  [[nodiscard]] VirError Missing() const;
};

// How a call calls libvirt's function, when it has its arguments.
template <typename Signature>
struct Directly;

template <typename Result, typename... Parameters>
struct Directly<Result(Parameters...)> {
  using Signature = Result(Parameters...);
  static Result Call(void* function, Parameters... parameters) {
    return reinterpret_cast<Result (*)(Parameters...)>(function)(parameters...);
  }
};

// For a function whose type doesn't say how to call it. `by` gets it as its first argument, and calls it; the
// types of its other parameters decide what JavaScript passes and gets.
template <auto by>
struct By;

template <typename Result, typename Function, typename... Parameters, Result (*by)(Function*, Parameters...)>
struct By<by> {
  using Signature = Result(Parameters...);
  static Result Call(void* function, Parameters... parameters) {
    return by(reinterpret_cast<Function*>(function), parameters...);
  }
};

// A call of a function of this type, from JavaScript's arguments to the answer for JavaScript.
template <typename How, typename Signature = typename How::Signature>
struct CallOf;

template <typename How, typename Result, typename... Parameters>
struct CallOf<How, Result(Parameters...)> {
  using Arguments = typename ArgumentsOf<std::tuple<>, Parameters...>::Types;

  // Something that the function has returned, as its Answer keeps it.
  template <typename Type>
  struct Kept {
    typename Answer<Type>::Value value{};
    [[nodiscard]] Napi::Value ToJs(Napi::Env env) { return Answer<Type>::ToJs(env, value); }
  };
  // What the function returns through one of its arguments: nothing, unless the argument is for that.
  template <typename Argument, typename = void>
  struct ReturnedBy {
    using Values = std::tuple<>;
    static Values Keep(typename Argument::InUse&, Result, const std::shared_ptr<ConnectionState>&) {
      return {};
    }
  };
  template <typename Argument>
  struct ReturnedBy<Argument, std::void_t<typename Argument::Returned>> {
    using Returned = typename Argument::Returned;
    using Values = std::tuple<Kept<Returned>>;
    static Values Keep(typename Argument::InUse& in_use, Result result,
                       const std::shared_ptr<ConnectionState>& connection) {
      NoteResult(in_use.value, result, 0);
      return Values(Kept<Returned>{Answer<Returned>::Keep(in_use.value, connection)});
    }
  };

  template <typename Tuple>
  struct Of;
  template <typename... Each>
  struct Of<std::tuple<Each...>> {
    struct Value {
      Kept<Result> result;
      decltype(std::tuple_cat(std::declval<typename ReturnedBy<Each>::Values>()...)) returned;
    };
    using InUse = std::tuple<typename Each::InUse...>;

    // Braces, because they evaluate the arguments from left to right.
    static auto Read(PassedValues& passed) { return std::make_shared<Arguments>(Arguments{Each(passed)...}); }

    // A call that waited until its connection was lost never reaches the host. libvirt's client tells that as
    // an internal error of its own.
    static CallResult<Value> Run(const Arguments& arguments, const CallRow& row) {
      const bool was_lost = IsLost(*std::get<0>(arguments).connection());
      auto result = RunNow(arguments, row);
      if (was_lost && std::holds_alternative<VirError>(result)) return VirError::Closed(row.name);
      return result;
    }
    static CallResult<Value> RunNow(const Arguments& arguments, const CallRow& row) {
      void* const function = row.Find();
      if (function == nullptr) return row.Missing();
      const auto& connection = std::get<0>(arguments).connection();
      InUse in_use = std::apply([](const auto&... each) { return InUse(each...); }, arguments);
      return std::apply(
          [&](typename Each::InUse&... each) -> CallResult<Value> {
            const VirError* problem = nullptr;
            ((problem = problem != nullptr ? problem : each.error()), ...);
            if (problem != nullptr) return problem->Of(row.name);
            if ((IsEmpty(each, 0) || ...)) return Value{};
            for (;;) {
              Result result = std::apply([&](auto... values) { return How::Call(function, values...); },
                                         std::tuple_cat(Values(each.get())...));
              if (Answer<Result>::IsFailure(result)) return VirError::Last(row.name);
              if ((IsToCallAgain(each, 0) || ...)) continue;
              return Value{{Answer<Result>::Keep(result, connection)},
                           std::tuple_cat(ReturnedBy<Each>::Keep(each, result, connection)...)};
            }
          },
          in_use);
    }
  };
  using Run = Of<Arguments>;
  using Value = typename Run::Value;

  static Napi::Value Post(AddonData& data, const CallRow& row, const Napi::CallbackInfo& info) {
    PassedValues passed(info, row.name);
    auto arguments = Run::Read(passed);
    passed.End();
    const auto& connection = std::get<0>(*arguments).connection();
    return PostCall<Value>(
        data, connection->calls, [arguments, &row] { return Run::Run(*arguments, row); },
        [](Napi::Env env, Value& value) { return ToJs(env, value); });
  }

 private:
  // What an argument passes to libvirt: one value, or a tuple of two.
  template <typename One>
  static std::tuple<One> Values(One one) {
    return {one};
  }
  template <typename... Two>
  static std::tuple<Two...> Values(std::tuple<Two...> two) {
    return two;
  }
  // Whether an argument leaves the function nothing to work on.
  template <typename Used>
  static auto IsEmpty(const Used& in_use, int) -> decltype(in_use.is_empty()) {
    return in_use.is_empty();
  }
  template <typename Used>
  static bool IsEmpty(const Used&, long) {
    return false;
  }
  template <typename Used>
  static auto IsToCallAgain(Used& in_use, int) -> decltype(in_use.IsToCallAgain()) {
    return in_use.IsToCallAgain();
  }
  template <typename Used>
  static bool IsToCallAgain(Used&, long) {
    return false;
  }
  // Tells an array how many items the function has put into it.
  template <typename Returned>
  static auto NoteResult(Returned& returned, int result, int) -> decltype(returned.NoteResult(result)) {
    returned.NoteResult(result);
  }
  template <typename Returned, typename Other>
  static void NoteResult(Returned&, const Other&, long) {}

  // The function's result, if it returns nothing else. Otherwise what it returns through a pointer; in an
  // array if there are several pointers.
  static Napi::Value ToJs(Napi::Env env, Value& value) {
    constexpr size_t count = std::tuple_size_v<decltype(value.returned)>;
    if constexpr (count == 0) {
      return value.result.ToJs(env);
    } else if constexpr (count == 1) {
      return std::get<0>(value.returned).ToJs(env);
    } else {
      auto array = Napi::Array::New(env, count);
      uint32_t index = 0;
      std::apply([&](auto&... each) { ((array[index++] = each.ToJs(env)), ...); }, value.returned);
      return array;
    }
  }
};

// A function, and the first version of libvirt that has it.
template <typename How>
constexpr CallRow Row(const char* name, Library& library, unsigned long since) {
  return {name, since, &library, CallOf<How>::Post, nullptr};
}

}  // namespace rxvirt
