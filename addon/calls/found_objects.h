// SPDX-License-Identifier: MIT
#pragma once
#include <napi.h>

#include <memory>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "calls/held.h"

namespace rxvirt {

// An object that a call answers with.
struct FoundObject {
  std::shared_ptr<Handle> handle;
  ObjectIdentity identity;
};

// Call threads. Takes ownership of the reference, also when it throws, unless it has an owner. The handle has
// still to adopt it.
template <typename Object>
typename Held<Object>::Found Hold(Object* object, const std::shared_ptr<ConnectionState>& connection,
                                  ObjectIdentity* identity, bool has_owner = false) {
  const auto leave = [](Object*) { return 0; };
  std::unique_ptr<Object, int (*)(Object*)> owned(object, has_owner ? leave : ObjectKind<Object>::Free);
  *identity = ObjectKind<Object>::Describe(object);
  return {std::make_shared<Held<Object>>(connection, identity->key), std::move(owned)};
}

// The same, and the handle has adopted it, unless the connection is closed.
template <typename Object>
FoundObject KeepObject(Object* object, const std::shared_ptr<ConnectionState>& connection) {
  FoundObject found;
  auto [held, owned] = Hold(object, connection, &found.identity);
  if (held->Adopt(owned.get())) (void)owned.release();
  found.handle = std::move(held);
  return found;
}

// The handles of a list of objects. JavaScript has one share of all of them: a share of each would keep the
// JavaScript thread busy for long, when thousands are made and when they are collected.
class HandleList final : public Handle {
 public:
  explicit HandleList(std::vector<std::shared_ptr<Handle>> handles)
      : Handle(KindOf<HandleList>()), all_(std::move(handles)) {}
  // Lets others have the processor now and then: to release thousands takes some milliseconds, and the system
  // would let a call wait until then that was begun meanwhile.
  ~HandleList() override {
    for (size_t i = 0; i < all_.size(); ++i) {
      all_[i].reset();
      if (i % kReleasedInTurn == 0) std::this_thread::yield();
    }
  }
  // Returns nullptr when there are not so many.
  [[nodiscard]] std::shared_ptr<Handle> At(size_t index) const {
    return index < all_.size() ? all_[index] : nullptr;
  }

 private:
  static constexpr size_t kReleasedInTurn = 32;

  std::vector<std::shared_ptr<Handle>> all_;
};

// The objects that a call answers with.
struct FoundObjects {
  std::shared_ptr<HandleList> handles;  // nullptr when nothing was found
  std::vector<ObjectIdentity> identities;
};

// Call threads. `next` returns the next reference and passes its ownership on, or returns nullptr. If there
// is an owner, it keeps the references.
template <typename Next>
FoundObjects KeepObjects(const std::shared_ptr<ConnectionState>& connection, Next next,
                         const std::shared_ptr<void>& owner = nullptr) {
  using Object = std::remove_pointer_t<decltype(next())>;
  std::vector<typename Held<Object>::Found> all;
  FoundObjects found;
  while (auto* object = next()) {
    ObjectIdentity identity;
    all.push_back(Hold(object, connection, &identity, owner != nullptr));
    found.identities.push_back(std::move(identity));
  }
  Held<Object>::AdoptEach(*connection, all, owner);
  std::vector<std::shared_ptr<Handle>> handles;
  handles.reserve(all.size());
  for (auto& each : all) handles.push_back(std::move(each.held));
  found.handles = std::make_shared<HandleList>(std::move(handles));
  return found;
}

// A handle of the object, with its key, name and id.
Napi::Object ToJs(Napi::Env env, const FoundObject& found);
// The list of handles, and the keys, names and ids of the objects in three arrays. lib/calls/found.ts
// makes objects of them, because V8 does that much faster than Node-API.
Napi::Object ToJs(Napi::Env env, const FoundObjects& found);

}  // namespace rxvirt
