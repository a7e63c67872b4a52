// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "calls/fields.h"
#include "calls/handle.h"
#include "calls/held.h"
#include "calls/local_file.h"
#include "calls/object_lists.h"
#include "calls/own_fds.h"
#include "calls/own_types.h"
#include "calls/passed_values.h"
#include "calls/plain_items.h"
#include "calls/slots.h"

namespace rxvirt {

// How a call fills each type of parameter that libvirt's functions have. A function with a new type of
// parameter needs one more specialization.
//
// paired_arguments.h does it for parameters that come in pairs.
//
// An Argument is made on the loop's thread, from the value that JavaScript passed. Its InUse is made on the
// call thread and exists while the call runs: get() returns the value for libvirt, and error() says why there
// is none. An Argument through which the function returns something names the type of that as Returned.
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

// A connection. The call is made on the connection of its first argument.
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

// The objects of a list, all of one connection. Objects that don't exist any more are left out. When none is
// left, the function is not called, and the call answers with nothing. JavaScript passes an array of handles.
template <typename Object>
struct Argument<Object**, std::void_t<decltype(ObjectKind<Object>::kNotFound)>> {
  class InUse {
   public:
    explicit InUse(const Argument& argument) {
      for (const auto& each : argument.all) {
        const auto& reference = references_.emplace_back(*each);
        if (reference.get() != nullptr) {
          pointers_.push_back(reference.get());
        } else if (reference.error().code != ObjectKind<Object>::kNotFound) {
          error_ = reference.error();
          return;
        }
      }
      pointers_.push_back(nullptr);  // libvirt's lists end with NULL
    }
    [[nodiscard]] Object** get() { return pointers_.data(); }
    [[nodiscard]] const VirError* error() const { return error_ ? &*error_ : nullptr; }
    [[nodiscard]] bool is_empty() const { return pointers_.size() == 1; }

   private:
    std::list<Borrowed<Object>> references_;
    std::vector<Object*> pointers_;
    std::optional<VirError> error_;
  };
  explicit Argument(PassedValues& passed) : all(passed.NextHandles<Held<Object>>()) {}
  [[nodiscard]] const std::shared_ptr<ConnectionState>& connection() const { return all.front()->connection; }
  std::vector<std::shared_ptr<Held<Object>>> all;
};

// A pointer through which the function returns something. JavaScript passes no argument for it. answers.h
// says what becomes of the value.
template <typename Pointer, typename Value>
struct ReturningArgument {
  using Returned = Value;
  struct InUse {
    explicit InUse(const ReturningArgument&) {}
    [[nodiscard]] Pointer get() {
      if constexpr (std::is_same_v<Pointer, Value*>) {
        return &value;
      } else {
        return value.address();
      }
    }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    Value value{};
  };
  explicit ReturningArgument(PassedValues&) {}
};

template <typename Number>
struct Argument<Number*, std::enable_if_t<std::is_integral_v<Number> && !std::is_same_v<Number, char> &&
                                          !std::is_const_v<Number>>> : ReturningArgument<Number*, Number> {
  using ReturningArgument<Number*, Number>::ReturningArgument;
};

template <typename Struct>
struct Argument<Struct*, std::void_t<decltype(Fields<Struct>::kAll)>> : ReturningArgument<Struct*, Struct> {
  using ReturningArgument<Struct*, Struct>::ReturningArgument;
};

template <typename Object>
struct Argument<Object***, std::void_t<decltype(ObjectKind<Object>::kLookup)>>
    : ReturningArgument<Object***, ObjectList<Object>> {
  using ReturningArgument<Object***, ObjectList<Object>>::ReturningArgument;
};

template <typename Item>
struct Argument<Item***, std::void_t<decltype(ItemKind<Item>::kFree)>>
    : ReturningArgument<Item***, ItemList<Item>> {
  using ReturningArgument<Item***, ItemList<Item>>::ReturningArgument;
};

template <>
struct Argument<virSecurityLabelPtr*>
    : ReturningArgument<virSecurityLabelPtr*, StructList<virSecurityLabel>> {
  using ReturningArgument::ReturningArgument;
};

template <>
struct Argument<virDomainStatsRecordPtr**> : ReturningArgument<virDomainStatsRecordPtr**, StatsRecords> {
  using ReturningArgument::ReturningArgument;
};

template <>
struct Argument<char**> : ReturningArgument<char**, OwnedText> {
  using ReturningArgument::ReturningArgument;
};

template <>
struct Argument<char***> : ReturningArgument<char***, OwnedTexts> {
  using ReturningArgument::ReturningArgument;
};

// What the functions of odd_calls.h return through a pointer, in types of ours.
template <typename Own>
struct Argument<Own*, std::enable_if_t<kIsOwn<Own>>> : ReturningArgument<Own*, Own> {
  using ReturningArgument<Own*, Own>::ReturningArgument;
};

// What the functions of odd_calls.h and stream_calls.h take, in types of ours.
template <typename Own>
struct OwnArgument {
  struct InUse {
    explicit InUse(const OwnArgument& argument) : value(argument.value) {}
    [[nodiscard]] const Own* get() const { return &value; }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    const Own& value;
  };
  Own value;
};

// JavaScript passes an array of numbers.
template <typename Number>
struct Argument<const std::vector<Number>*> : OwnArgument<std::vector<Number>> {
  explicit Argument(PassedValues& passed) : OwnArgument<std::vector<Number>>{passed.NextIntegers<Number>()} {}
};

// JavaScript passes a Buffer or another Uint8Array, StreamBytes::kMost bytes at most, which are copied.
template <>
struct Argument<const StreamBytes*> : OwnArgument<StreamBytes> {
  explicit Argument(PassedValues& passed) : OwnArgument{passed.NextStreamBytes()} {}
};

// A file of this machine. JavaScript passes its handle.
template <>
struct Argument<LocalFile*> {
  struct InUse {
    explicit InUse(const Argument& argument) : file(argument.file.get()) {}
    [[nodiscard]] LocalFile* get() const { return file; }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    LocalFile* file;
  };
  explicit Argument(PassedValues& passed) : file(passed.NextHandle<LocalFile>()) {}
  std::shared_ptr<LocalFile> file;
};

// JavaScript passes file descriptors. They are duplicated at once, so the caller may close its own.
template <>
struct Argument<const OwnFds*> : OwnArgument<OwnFds> {
  explicit Argument(PassedValues& passed) : OwnArgument{passed.NextFds()} {}
};

}  // namespace rxvirt
