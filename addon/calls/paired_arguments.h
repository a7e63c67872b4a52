// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "calls/fields.h"
#include "calls/own_fds.h"
#include "calls/parameter_values.h"
#include "calls/passed_parameters.h"
#include "calls/passed_values.h"
#include "calls/slots.h"
#include "calls/vir_error.h"

namespace rxvirt {

// What an argument of one of these kinds passes to libvirt: both parameters.
template <typename First, typename Second>
class PairInUse {
 public:
  PairInUse(First first, Second second) : pair_(first, second) {}
  [[nodiscard]] std::tuple<First, Second> get() const { return pair_; }
  [[nodiscard]] const VirError* error() const { return nullptr; }

 private:
  std::tuple<First, Second> pair_;
};

// Texts. JavaScript passes an array, or null for NULL.
template <>
struct PairedArgument<const char**, unsigned int> {
  struct InUse : PairInUse<const char**, unsigned int> {
    explicit InUse(const PairedArgument& argument)
        : PairInUse(argument.pointers.empty() ? nullptr : const_cast<const char**>(argument.pointers.data()),
                    static_cast<unsigned int>(argument.pointers.size())) {}
  };
  explicit PairedArgument(PassedValues& passed) : texts(passed.NextTexts()) {
    for (const std::string& text : texts) pointers.push_back(text.c_str());
  }
  PairedArgument(PairedArgument&&) = default;  // moves the memory of `texts`, so the pointers stay right
  std::vector<std::string> texts;
  std::vector<const char*> pointers;
};

// Bytes. JavaScript passes a Buffer or another Uint8Array, which is copied.
template <typename Byte, typename Size>
struct BytesArgument {
  struct InUse : PairInUse<Byte*, Size> {
    explicit InUse(const BytesArgument& argument)
        : PairInUse<Byte*, Size>(reinterpret_cast<Byte*>(const_cast<unsigned char*>(argument.bytes.data())),
                                 static_cast<Size>(argument.bytes.size())) {}
  };
  explicit BytesArgument(PassedValues& passed) : bytes(passed.NextBytes()) {}
  std::vector<unsigned char> bytes;
};
template <>
struct PairedArgument<unsigned char*, int> : BytesArgument<unsigned char, int> {
  using BytesArgument::BytesArgument;
};
template <>
struct PairedArgument<const unsigned char*, size_t> : BytesArgument<const unsigned char, size_t> {
  using BytesArgument::BytesArgument;
};

// Numbers. JavaScript passes an array.
template <>
struct PairedArgument<unsigned int*, int> {
  struct InUse : PairInUse<unsigned int*, int> {
    explicit InUse(const PairedArgument& argument)
        : PairInUse(const_cast<unsigned int*>(argument.numbers.data()),
                    static_cast<int>(argument.numbers.size())) {}
  };
  explicit PairedArgument(PassedValues& passed) : numbers(passed.NextIntegers<unsigned int>()) {}
  std::vector<unsigned int> numbers;
};

// File descriptors; see Argument<const OwnFds*>.
template <>
struct PairedArgument<unsigned int, int*> {
  struct InUse : PairInUse<unsigned int, int*> {
    explicit InUse(const PairedArgument& argument)
        : PairInUse(static_cast<unsigned int>(argument.fds.all().size()),
                    const_cast<int*>(argument.fds.all().data())) {}
  };
  explicit PairedArgument(PassedValues& passed) : fds(passed.NextFds()) {}
  OwnFds fds;
};

// Typed parameters. JavaScript passes an array with the name, the type and the value of each.
template <typename Count>
struct PairedArgument<virTypedParameterPtr, Count, std::enable_if_t<std::is_integral_v<Count>>> {
  struct InUse : PairInUse<virTypedParameterPtr, Count> {
    explicit InUse(const PairedArgument& argument)
        : PairInUse<virTypedParameterPtr, Count>(const_cast<virTypedParameterPtr>(argument.parameters.data()),
                                                 static_cast<Count>(argument.parameters.size())) {}
  };
  explicit PairedArgument(PassedValues& passed) : parameters(passed) {}
  PassedParameters parameters;
};

// Room for typed parameters, which the function fills. JavaScript passes how much it needs; with 0 the
// function is first asked for that.
template <typename Item>
struct RoomArgument {
  using Returned = ParameterRoom<Item>;
  struct InUse {
    explicit InUse(const RoomArgument& argument) : value(argument.size) {}
    [[nodiscard]] std::tuple<Item*, int*> get() { return {value.items(), value.count_address()}; }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    [[nodiscard]] bool IsToCallAgain() { return value.HasGrown(); }
    ParameterRoom<Item> value;
  };
  explicit RoomArgument(PassedValues& passed) : size(passed.NextInteger<unsigned char>()) {}
  int size;
};
template <>
struct PairedArgument<virTypedParameterPtr, int*> : RoomArgument<virTypedParameter> {
  using RoomArgument::RoomArgument;
};
template <>
struct PairedArgument<virNodeCPUStatsPtr, int*> : RoomArgument<virNodeCPUStats> {
  using RoomArgument::RoomArgument;
};
template <>
struct PairedArgument<virNodeMemoryStatsPtr, int*> : RoomArgument<virNodeMemoryStats> {
  using RoomArgument::RoomArgument;
};

// Typed parameters that the function allocates.
template <typename Count>
struct PairedArgument<virTypedParameterPtr*, Count*> {
  using Returned = OwnedParameters;
  struct InUse {
    explicit InUse(const PairedArgument&) {}
    [[nodiscard]] std::tuple<virTypedParameterPtr*, Count*> get() {
      return {value.address(), value.template count_address<Count>()};
    }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    OwnedParameters value;
  };
  explicit PairedArgument(PassedValues&) {}
};

// A structure that the function fills, with its size. JavaScript passes nothing.
template <typename Struct>
struct PairedArgument<Struct*, size_t, std::void_t<decltype(Fields<Struct>::kAll)>> {
  using Returned = Struct;
  struct InUse {
    explicit InUse(const PairedArgument&) {}
    [[nodiscard]] std::tuple<Struct*, size_t> get() { return {&value, sizeof value}; }
    [[nodiscard]] const VirError* error() const { return nullptr; }
    Struct value{};
  };
  explicit PairedArgument(PassedValues&) {}
};

}  // namespace rxvirt
