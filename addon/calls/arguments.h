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

// How a call fills each type of parameter that libvirt's functions have; a specialization for a new type is
// all that a function with one needs.
//
// An Argument is made on the loop's thread and takes what JavaScript passed. Its InUse is made on the call
// thread and lasts for the time of the call: get() is what libvirt gets, and error() says why there is
// nothing.
template <typename Parameter, typename = void>
struct Argument;

// What needs nothing of the call thread.
template <typename Value>
struct PlainArgument {
  struct InUse {
    explicit InUse(const PlainArgument& argument) : value(argument.value) {}
    [[nodiscard]] Value get() const { return value; }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    Value value;
  };
  Value value;
};

template <typename Number>
struct Argument<Number, std::enable_if_t<std::is_integral_v<Number>>> : PlainArgument<Number> {
  explicit Argument(PassedValues& passed) : PlainArgument<Number>{passed.NextInteger<Number>()} {}
};

// null becomes NULL.
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

// The call is one of this connection. Only the first argument can be one, or an object of one.
template <>
struct Argument<virConnectPtr> {
  struct InUse {
    explicit InUse(const Argument& argument) : reference(*argument.connection) {
      if (reference.get() == nullptr) problem = VirError::Closed("");
    }
    [[nodiscard]] virConnectPtr get() const { return reference.get(); }
    [[nodiscard]] const VirError* error() const { return problem ? &*problem : nullptr; }
    ConnectionRef reference;
    std::optional<VirError> problem;
  };
  explicit Argument(PassedValues& passed) : connection(passed.NextHandle<ConnectionState>()) {}
  std::shared_ptr<ConnectionState> connection;
};

template <typename Object>
struct Argument<Object*, std::void_t<decltype(ObjectKind<Object>::kLookup)>> {
  struct InUse {
    explicit InUse(const Argument& argument) : reference(*argument.held) {}
    [[nodiscard]] Object* get() const { return reference.get(); }
    [[nodiscard]] const VirError* error() const { return get() == nullptr ? &reference.error() : nullptr; }
    Borrowed<Object> reference;
  };
  explicit Argument(PassedValues& passed)
      : held(passed.NextHandle<Held<Object>>()), connection(held->connection) {}
  std::shared_ptr<Held<Object>> held;
  std::shared_ptr<ConnectionState> connection;
};

// A place for a number that the function answers with. JavaScript passes nothing for it.
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
