// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "calls/handle.h"
#include "calls/held.h"
#include "calls/passed_values.h"

namespace rxvirt {

// How a call fills each type of parameter that libvirt's functions have. A function with a new type of
// parameter needs one more specialization.
//
// An Argument is made on the loop's thread, from the value that JavaScript passed. Its InUse is made on the
// call thread and exists while the call runs: get() returns the value for libvirt, and error() says why there
// is none.
template <typename Parameter, typename = void>
struct Argument;

template <typename Number>
struct Argument<Number, std::enable_if_t<std::is_integral_v<Number>>> {
  struct InUse {
    explicit InUse(const Argument& argument) : number(argument.number) {}
    [[nodiscard]] Number get() const { return number; }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    Number number;
  };
  explicit Argument(PassedValues& passed) : number(passed.NextInteger<Number>()) {}
  Number number;
};

// JavaScript's null becomes NULL.
template <>
struct Argument<const char*> {
  struct InUse {
    explicit InUse(const Argument& argument) : text(argument.text ? argument.text->c_str() : nullptr) {}
    [[nodiscard]] const char* get() const { return text; }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    const char* text;
  };
  explicit Argument(PassedValues& passed) : text(passed.NextText()) {}
  std::optional<std::string> text;
};

// The connection that the call is made on. Only the first argument can be a connection or an object of a
// connection.
template <>
struct Argument<virConnectPtr> {
  struct InUse {
    explicit InUse(const Argument& argument) : reference(*argument.state) {
      if (reference.get() == nullptr) problem = VirError::Closed("");
    }
    [[nodiscard]] virConnectPtr get() const { return reference.get(); }
    [[nodiscard]] const VirError* error() const { return problem ? &*problem : nullptr; }
    ConnectionRef reference;
    std::optional<VirError> problem;
  };
  explicit Argument(PassedValues& passed) : state(passed.NextHandle<ConnectionState>()) {}
  [[nodiscard]] const std::shared_ptr<ConnectionState>& connection() const { return state; }
  std::shared_ptr<ConnectionState> state;
};

template <typename Object>
struct Argument<Object*, std::void_t<decltype(ObjectKind<Object>::kLookup)>> {
  struct InUse {
    explicit InUse(const Argument& argument) : reference(*argument.held) {}
    [[nodiscard]] Object* get() const { return reference.get(); }
    [[nodiscard]] const VirError* error() const { return get() == nullptr ? &reference.error() : nullptr; }
    Borrowed<Object> reference;
  };
  explicit Argument(PassedValues& passed) : held(passed.NextHandle<Held<Object>>()) {}
  [[nodiscard]] const std::shared_ptr<ConnectionState>& connection() const { return held->connection; }
  std::shared_ptr<Held<Object>> held;
};

// A pointer through which the function returns a number. JavaScript passes no argument for it.
template <typename Number>
struct Argument<Number*, std::enable_if_t<std::is_integral_v<Number> && !std::is_same_v<Number, char> &&
                                          !std::is_const_v<Number>>> {
  static constexpr bool kIsAnswer = true;
  struct InUse {
    explicit InUse(const Argument&) {}
    [[nodiscard]] Number* get() { return &value; }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    Number value = 0;
  };
  explicit Argument(PassedValues&) {}
};

}  // namespace rxvirt
