// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "calls/give_way.h"
#include "calls/held.h"

namespace rxvirt {

// The objects that a call answers with. JavaScript has one share of all of them, and gets a handle of those
// that it calls: most objects of a long list are never called, and thousands of handles take long to make and
// to collect.
class HandleList : public HeldObject {
 public:
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
    while (HasMoreAfterOne()) continue;
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
  // Releases one, if there is one.
  [[nodiscard]] bool HasMoreAfterOne() {
    if (all_.empty()) return false;
    if (all_.back() != nullptr) (void)ObjectKind<Object>::Free(all_.back());
    all_.pop_back();
    return !all_.empty();
  }

 private:
  std::vector<Object*> all_;
};

// See HandleList. As with Held, closing the connection takes the references out, and while they are here and
// the mutex is locked, the connection is open.
template <typename Object>
class HeldList final : public HandleList {
 public:
  // Call threads. When the connection is closed, the references are released here.
  HeldList(std::shared_ptr<ConnectionState> connection, std::unique_ptr<References<Object>> references)
      : connection_(std::move(connection)) {
    const std::lock_guard<std::mutex> lock(connection_->mutex);
    if (connection_->connection == nullptr) return;
    connection_->objects.insert(this);
    references_ = std::move(references);
  }
  // May run on a thread that must not block. Lets others have the lock between all, and the processor now and
  // then: to release thousands takes some milliseconds.
  ~HeldList() override {
    for (size_t released = 1; HasMoreAfterOne(); ++released) {
      if (released % kReleasedInTurn == 0) GiveWay();
    }
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
  static constexpr size_t kReleasedInTurn = 32;

  [[nodiscard]] bool HasMoreAfterOne() {
    const std::lock_guard<std::mutex> lock(connection_->mutex);
    if (references_ != nullptr && references_->HasMoreAfterOne()) return true;
    references_.reset();
    connection_->objects.erase(this);
    return false;
  }

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
