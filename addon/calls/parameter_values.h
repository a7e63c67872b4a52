// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/typed_parameters.h"
#include "library/functions.h"

namespace rxvirt {

// Typed parameters as JavaScript gets them: all numbers in one array, all texts in another one, and each name
// once in a third one. The statistics of a thousand domains have the same twenty names. A name is the number
// of its place. lib/calls/parameters.ts reads them.
class ParameterValues {
 public:
  std::vector<double> numbers;
  std::vector<std::optional<std::string>> strings;
  std::vector<std::string> fields;

  void Field(const char* name) {
    // Most often it is the name that came next the last time.
    size_t place = last_ + 1 < fields.size() ? last_ + 1 : 0;
    if (fields.empty() || fields[place] != name) place = PlaceOf(name);
    last_ = place;
    Number(static_cast<double>(place));
  }
  void Number(double number) { numbers.push_back(number); }
  void Text(const char* text) {  // nullptr becomes null
    text == nullptr ? strings.emplace_back(std::nullopt) : strings.emplace_back(text);
  }

 private:
  size_t PlaceOf(const char* name) {
    const auto [found, is_new] = places_.try_emplace(name, fields.size());
    if (is_new) fields.push_back(found->first);
    return found->second;
  }

  std::unordered_map<std::string, size_t> places_;
  size_t last_ = 0;
};

// libvirt's older statistics are typed parameters of one type.
inline void AppendValue(ParameterValues& values, const virNodeCPUStats& statistic) {
  AppendInteger(values, VIR_TYPED_PARAM_ULLONG, statistic.value);
}
inline void AppendValue(ParameterValues& values, const virNodeMemoryStats& statistic) {
  AppendInteger(values, VIR_TYPED_PARAM_ULLONG, statistic.value);
}

// An object with these three arrays.
Napi::Object ToJs(Napi::Env env, const ParameterValues& values);
// Adds the three arrays to an object.
void AddToJs(Napi::Env env, const ParameterValues& values, Napi::Object object);

// The typed parameters that a function has allocated.
class OwnedParameters {
 public:
  OwnedParameters() = default;
  ~OwnedParameters() { virTypedParamsFree(parameters_, count_); }
  OwnedParameters(const OwnedParameters&) = delete;
  OwnedParameters& operator=(const OwnedParameters&) = delete;

  [[nodiscard]] virTypedParameterPtr* address() { return &parameters_; }
  // Some functions write the number to an unsigned int.
  template <typename Count>
  [[nodiscard]] Count* count_address() {
    return reinterpret_cast<Count*>(&count_);
  }
  [[nodiscard]] ParameterValues Keep() const {
    ParameterValues values;
    AppendParameters(values, parameters_, count_);
    return values;
  }

 private:
  virTypedParameterPtr parameters_ = nullptr;
  int count_ = 0;
};

// Room that a function fills. Without room it says how much it needs, and is then called again.
template <typename Item>
class ParameterRoom {
 public:
  explicit ParameterRoom(int size) : items_(static_cast<size_t>(size)), count_(size) {}
  ~ParameterRoom() { Clear(items_.data()); }
  ParameterRoom(const ParameterRoom&) = delete;
  ParameterRoom& operator=(const ParameterRoom&) = delete;

  [[nodiscard]] Item* items() { return items_.empty() ? nullptr : items_.data(); }
  [[nodiscard]] int* count_address() { return &count_; }
  // After a call. Whether the function must be called again, with the room that was made now.
  [[nodiscard]] bool HasGrown() {
    if (!items_.empty() || count_ <= 0) return false;
    items_.resize(static_cast<size_t>(count_));
    return true;
  }
  [[nodiscard]] ParameterValues Keep() const {
    ParameterValues values;
    if (!items_.empty()) AppendParameters(values, items_.data(), count_);
    if (items_.empty()) values.Number(0);
    return values;
  }

 private:
  void Clear(virTypedParameterPtr parameters) {
    virTypedParamsClear(parameters, static_cast<int>(items_.size()));
  }
  void Clear(void*) {}

  std::vector<Item> items_;
  int count_;
};

}  // namespace rxvirt
