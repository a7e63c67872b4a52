// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "calls/held.h"

namespace rxvirt {

// Some of the objects that a call answers with, one after the other. JavaScript has one share of all of them,
// and gets a handle of those that it calls: most objects of a long list are never called, and thousands of
// handles take long to make and to collect. An object that is never called keeps its neighbours here. So a
// long list is several of these.
class HandleList : public HeldObject {
 public:
  static constexpr size_t kMost = 32;  // lib/calls/found.ts has the same number
  // The JavaScript thread. Returns nullptr when there are not so many.
  [[nodiscard]] virtual std::shared_ptr<Handle> At(size_t index) = 0;

 protected:
  HandleList() : HeldObject(KindOf<HandleList>()) {}
};

// References to libvirt objects.
template <typename Object>
class References {
 public:
  References() = default;
  ~References() {
    for (Object* object : all_) {
      if (object != nullptr) (void)ObjectKind<Object>::Free(object);
    }
  }
  References(const References&) = delete;
  References& operator=(const References&) = delete;

  // Takes ownership of the reference, also when it throws.
  void Add(Object* object) {
    std::unique_ptr<Object, int (*)(Object*)> owned(object, ObjectKind<Object>::Free);
    all_.push_back(object);
    (void)owned.release();
  }
  [[nodiscard]] const std::vector<Object*>& all() const { return all_; }
  // When another has taken ownership.
  void Leave(size_t index) { all_[index] = nullptr; }

 private:
  std::vector<Object*> all_;
};

// See HandleList. The references are released as Held does it.
template <typename Object>
class HeldList final : public HandleList {
 public:
  explicit HeldList(std::shared_ptr<ConnectionState> connection) : connection_(std::move(connection)) {}
  // May run on a thread that must not block.
  ~HeldList() override {
    const std::lock_guard<std::mutex> releasing(connection_->releasing);
    std::unique_ptr<References<Object>> released;
    const std::lock_guard<std::mutex> lock(connection_->mutex);
    connection_->objects.erase(this);
    released = std::move(references_);
  }

  // With the connection's mutex locked. Takes the references, unless the connection is closed.
  void AdoptLocked(std::unique_ptr<References<Object>>& references) {
    if (connection_->connection == nullptr) return;
    connection_->objects.insert(this);
    references_ = std::move(references);
  }
  [[nodiscard]] std::shared_ptr<Handle> At(size_t index) override {
    auto& made = made_[index];
    if (made == nullptr) made = Make(index);
    return made;
  }
  [[nodiscard]] Reference TakeOut() override {
    return {references_.release(), [](void* all) { delete static_cast<References<Object>*>(all); }};
  }

 private:
  // The calls of a handle without a reference find the connection closed.
  std::shared_ptr<Held<Object>> Make(size_t index) {
    std::shared_ptr<Held<Object>> held;  // locks the mutex when it is released
    const std::lock_guard<std::mutex> lock(connection_->mutex);
    if (references_ != nullptr && index >= references_->all().size()) return nullptr;
    Object* const object = references_ != nullptr ? references_->all()[index] : nullptr;
    const auto key = object != nullptr ? ObjectKind<Object>::Describe(object).key : "";
    held = std::make_shared<Held<Object>>(connection_, key);
    if (object != nullptr && held->AdoptLocked(object)) references_->Leave(index);
    return held;
  }

  const std::shared_ptr<ConnectionState> connection_;
  std::unique_ptr<References<Object>> references_;                  // guarded by the connection's mutex
  std::unordered_map<size_t, std::shared_ptr<Held<Object>>> made_;  // the JavaScript thread
};

}  // namespace rxvirt
