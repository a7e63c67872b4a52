// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "calls/fields.h"

namespace rxvirt {

struct FreeC {
  void operator()(void* memory) const { free(memory); }
};

// A text that a function has allocated. The function returns it, or stores it at address().
class OwnedText {
 public:
  OwnedText() = default;
  explicit OwnedText(char* text) : text_(text) {}
  OwnedText(OwnedText&& other) noexcept : text_(other.Release()) {}
  OwnedText& operator=(OwnedText&&) = delete;
  ~OwnedText() { free(text_); }

  [[nodiscard]] char** address() { return &text_; }
  [[nodiscard]] char* get() const { return text_; }
  char* Release() {
    char* text = text_;
    text_ = nullptr;
    return text;
  }

 private:
  char* text_ = nullptr;
};

// An array that a function has allocated, with as many items as the function's result says. `free_item` frees
// what is in an item.
template <typename Item, void (*free_item)(Item)>
class OwnedArray {
 public:
  OwnedArray() = default;
  OwnedArray(OwnedArray&& other) noexcept : items_(other.items_), count_(other.count_) {
    other.items_ = nullptr;
  }
  OwnedArray& operator=(OwnedArray&&) = delete;
  ~OwnedArray() {
    if (items_ == nullptr) return;
    for (size_t i = 0; i < count_; ++i) free_item(items_[i]);
    free(items_);
  }

  [[nodiscard]] Item** address() { return &items_; }
  // The function's result, when it is known.
  void NoteResult(int result) { count_ = items_ != nullptr && result > 0 ? static_cast<size_t>(result) : 0; }
  [[nodiscard]] const Item* begin() const { return items_; }
  [[nodiscard]] const Item* end() const { return items_ + count_; }
  [[nodiscard]] size_t size() const { return count_; }

 private:
  Item* items_ = nullptr;
  size_t count_ = 0;
};

inline void FreeText(char* text) { free(text); }
using OwnedTexts = OwnedArray<char*, FreeText>;

// Structures that have nothing to free in them.
template <typename Struct>
void FreeNothing(Struct) {}
template <typename Struct>
using StructList = OwnedArray<Struct, FreeNothing<Struct>>;

template <typename Item>
void FreeItem(Item* item) {
  ItemKind<Item>::kFree(item);
}
// Structures of an ItemKind.
template <typename Item>
using ItemList = OwnedArray<Item*, FreeItem<Item>>;

}  // namespace rxvirt
